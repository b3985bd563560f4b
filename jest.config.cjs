/**
 * One project per lane, so that a lane can be run alone: `npx jest --selectProjects unit`.
 * swc compiles the TypeScript to CommonJS; middy ships ES modules only, so it is compiled too.
 */
const lane = (displayName) => ({
  displayName,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
  transform: {
    '\\.[cm]?[jt]s$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!@middy/)'],
  moduleNameMapper: {
    '^@middy/core$': '<rootDir>/node_modules/@middy/core/index.js',
    '^@middy/util$': '<rootDir>/node_modules/@middy/util/index.js',
  },
});

module.exports = {
  projects: [
    lane('unit'),
    lane('property'),
    lane('contract'),
    lane('workflow'),
    lane('infra'),
    lane('architecture'),
    lane('integration'),
  ],
};
