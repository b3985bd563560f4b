import type { DayFigures } from './run-backtest.ts';

type Panel = { readonly title: string; readonly of: (day: DayFigures) => number };
export type Curve = { readonly name: string; readonly days: readonly DayFigures[] };

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

const PANELS: readonly Panel[] = [
  { title: 'cost a unit shipped', of: ({ cost, shipped }) => share(cost / 100, shipped) },
  { title: 'parcels an order that ships', of: ({ parcels, shippedOrders }) => share(parcels, shippedOrders) },
  { title: 'miles a parcel', of: ({ miles, parcels }) => share(miles, parcels) },
  { title: 'units shipped, %', of: ({ shipped, asked }) => 100 * share(shipped, asked) },
];
const COLOURS = ['#5b6b7b', '#d1571f'];
const [WIDTH, HEIGHT, LEFT, TOP] = [760, 150, 60, 40];

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`);

const panel = ({ title, of }: Panel, curves: readonly Curve[], index: number): string => {
  const top = TOP + index * (HEIGHT + 50);
  const highest = Math.max(1e-9, ...curves.flatMap(({ days }) => days.map(of)));
  const lines = curves.map(({ days }, which) => {
    const points = days.map((day, at) => {
      const x = LEFT + (WIDTH * at) / Math.max(1, days.length - 1);
      return `${x.toFixed(1)},${(top + HEIGHT * (1 - of(day) / highest)).toFixed(1)}`;
    });
    return `<polyline fill="none" stroke="${COLOURS[which] ?? '#000'}" stroke-width="1.6" points="${points.join(' ')}"/>`;
  });
  return [
    `<text x="${LEFT}" y="${top - 8}" font-weight="bold">${escape(title)}, by day</text>`,
    `<path d="M${LEFT} ${top}V${top + HEIGHT}H${LEFT + WIDTH}" fill="none" stroke="#999"/>`,
    `<text x="${LEFT - 6}" y="${top + 4}" text-anchor="end">${highest.toPrecision(3)}</text>`,
    `<text x="${LEFT - 6}" y="${top + HEIGHT}" text-anchor="end">0</text>`,
    ...lines,
  ].join('\n');
};

/** The curves of both strategies over the days, as one SVG document. */
export const plotBacktest = (curves: readonly Curve[]): string => {
  const height = TOP + PANELS.length * (HEIGHT + 50);
  const legend = curves.map(
    ({ name }, index) =>
      `<text x="${LEFT + 380 + 190 * index}" y="16" fill="${COLOURS[index] ?? '#000'}">${escape(name)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH + LEFT + 20} ${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
${legend.join('\n')}
${PANELS.map((each, index) => panel(each, curves, index)).join('\n')}
</svg>
`;
};
