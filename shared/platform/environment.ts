/** A Lambda without its settings must not start: the deployment is wrong, and the first call should say so. */
export const requireEnvironment = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
};
