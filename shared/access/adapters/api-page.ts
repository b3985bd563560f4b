import type { AnyRoute } from '../../contracts/http/route.ts';

const escape = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign,
  );

const row = (route: AnyRoute): string => `
      <tr>
        <td class="method ${route.method.toLowerCase()}">${route.method}</td>
        <td><code>${escape(route.path)}</code></td>
        <td>${escape(route.summary)}${route.description === undefined ? '' : `<small>${escape(route.description)}</small>`}</td>
        <td>${route.scopes.map(escape).join(', ')}</td>
      </tr>`;

/** The API on one page for people, without a script or anything loaded from elsewhere. */
export const apiPage = (routes: readonly AnyRoute[]): string => {
  const tags = [...new Set(routes.map((route) => route.tag))];
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <title>Switchyard API</title>
  <style>
    :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
    body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
    table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
    td, th { text-align: left; padding: 0.4rem 0.8rem 0.4rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
    small { display: block; opacity: 0.75; }
    .method { font-weight: 600; width: 4rem; }
    .get { color: #2a7ade; } .post { color: #18864b; } .put { color: #b06d00; } .delete { color: #c0392b; }
  </style>
</head>
<body>
  <h1>Switchyard API</h1>
  <p>Every call but signed webhooks carries <code>Authorization: Bearer &lt;key&gt;</code>; an operator's key opens
  everything. Refusals are <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a> problem documents. The
  schemas are in <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
  ${tags
    .map(
      (tag) => `<h2>${escape(tag)}</h2>
  <table>
    <thead><tr><th></th><th>Path</th><th>What it does</th><th>Key</th></tr></thead>
    <tbody>${routes
      .filter((route) => route.tag === tag)
      .map(row)
      .join('')}
    </tbody>
  </table>`,
    )
    .join('\n  ')}
</body>
</html>
`;
};
