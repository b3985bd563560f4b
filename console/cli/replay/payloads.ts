import { parseLossless, type LosslessJson } from '../../../shared/platform/json.ts';

/** One body as a channel would deliver it: a slice of the file, byte for byte, so that no digit changes. */
export type Payload = {
  readonly text: string;
  readonly value: LosslessJson | undefined;
  /** The single key it was wrapped in (`{"order": …}`), as REST answers are. */
  readonly wrapper: string | undefined;
  /** Its number within the file, from 1, where the file holds several. */
  readonly index?: number;
};

/** The raw texts of the values directly inside the array or object that starts at `start`. The text is known to be JSON. */
const sliceValues = (text: string, start: number): string[] => {
  const isObject = text[start] === '{';
  const slices: string[] = [];
  let depth = 0;
  let inString = false;
  let valueStart = isObject ? -1 : start + 1;
  const close = (end: number) => {
    const slice = valueStart < 0 ? '' : text.slice(valueStart, end).trim();
    if (slice !== '') slices.push(slice);
  };
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) {
        close(at);
        return slices;
      }
    } else if (depth === 1 && character === ':' && isObject) valueStart = at + 1;
    else if (depth === 1 && character === ',') {
      close(at);
      valueStart = isObject ? -1 : at + 1;
    }
  }
  return slices;
};

const parsed = (text: string): LosslessJson | undefined => {
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
};

const isObject = (value: LosslessJson | undefined): value is { [key: string]: LosslessJson } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('isLosslessNumber' in value);

const elements = (text: string, wrapper: string | undefined): Payload[] =>
  sliceValues(text, text.search(/\[/)).map((slice, index) => ({
    text: slice,
    value: parsed(slice),
    wrapper,
    index: index + 1,
  }));

/**
 * The deliveries that a file stands for: an array or a wrapped list (`{"orders": […]}`) is one delivery per element,
 * a wrapped object (`{"order": {…}}`) is its inside. What is not JSON is given on as it is, to be refused by name.
 */
export const payloadsOf = (file: string): readonly Payload[] => {
  const text = file.replace(/^\ufeff/, '');
  const value = parsed(text);
  if (Array.isArray(value)) return elements(text, undefined);
  if (isObject(value)) {
    const [key, ...others] = Object.keys(value);
    const inside = key === undefined || others.length > 0 ? undefined : value[key];
    if (Array.isArray(inside) && inside.every(isObject)) return elements(text.slice(text.indexOf('[')), key);
    const [slice] = isObject(inside) ? sliceValues(text, text.indexOf('{')) : [];
    if (slice !== undefined) return [{ text: slice, value: inside, wrapper: key }];
  }
  return [{ text: file, value, wrapper: undefined }];
};
