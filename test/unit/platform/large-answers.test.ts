import { gunzipSync } from 'node:zlib';
import { toResult } from '../../../shared/platform/http/event-mapping.ts';

const large = { text: 'x'.repeat(1_000_000) };

describe('an answer that is too large for a Lambda', () => {
  it('is packed for callers that can unpack it', () => {
    const { headers, body, isBase64Encoded } = toResult({ status: 200, body: large }, 'br, GZIP;q=0.8');
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'content-encoding': 'gzip' });
    expect(isBase64Encoded).toBe(true);
    expect(JSON.parse(gunzipSync(Buffer.from(body ?? '', 'base64')).toString('utf8'))).toEqual(large);
  });

  it.each([undefined, '', 'br, deflate'])('goes out as it is for others: %s', (accepted) => {
    expect(toResult({ status: 200, body: large }, accepted).headers).not.toHaveProperty('content-encoding');
  });

  it('is none while it is small', () => {
    expect(toResult({ status: 200, body: {} }, 'gzip')).toMatchObject({ body: '{}' });
  });
});
