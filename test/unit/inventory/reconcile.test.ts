import { reconcile } from '../../../shared/inventory/domain/reconcile.ts';

const at = (time: string): string => `2026-11-23T${time}:00.000Z`;
const told = (onHand: number, time = '10:00') => ({ onHand, asOf: at(time) });
const booked = (onHandDelta: number, time: string, asOf?: string) => ({
  onHandDelta,
  at: at(time),
  ...(asOf === undefined ? {} : { asOf: at(asOf) }),
});

describe('reconciling a figure with the ledger', () => {
  it('leaves what has moved since alone and corrects the rest', () => {
    expect(reconcile(7, [booked(-3, '10:30')], told(10))).toEqual({ expected: 10, difference: 0, isSettling: false });
    expect(reconcile(7, [booked(-3, '10:30')], told(8))).toEqual({ expected: 10, difference: -2, isSettling: false });
  }); // prettier-ignore

  it('goes by when it happened at the node, not by when it was booked', () => {
    const late = booked(-4, '10:30', '09:45');
    expect(reconcile(6, [late], told(6))).toMatchObject({ expected: 6, difference: 0 });
    const early = booked(5, '09:58', '10:02');
    expect(reconcile(15, [early], told(10))).toMatchObject({ expected: 10, difference: 0 });
  });

  it('takes a difference for latency when bookings of these minutes add up to it', () => {
    const parcels = [booked(-1, '10:02'), booked(-2, '10:03')];
    // The node had sent the second parcel when it counted; we booked it three minutes later.
    expect(reconcile(7, parcels, told(8))).toEqual({ expected: 10, difference: 0, isSettling: true });
    // It had not yet taken off a parcel that we had booked.
    expect(reconcile(8, [booked(-2, '09:57')], told(10))).toMatchObject({
      difference: 0,
      isSettling: true,
    });
  });

  it('does not take it for latency when no bookings add up to it, or they are minutes off', () => {
    expect(reconcile(7, [booked(-3, '10:02')], told(8))).toMatchObject({ difference: -2 });
    expect(reconcile(7, [booked(-2, '10:20')], told(7))).toMatchObject({ difference: -2 });
    expect(reconcile(7, [booked(-2, '10:02', '10:02')], told(7))).toMatchObject({ difference: -2 });
  });

  it('never takes off more than there is', () => {
    expect(reconcile(1, [booked(-9, '10:30')], told(3))).toMatchObject({ expected: 10, difference: -1 });
  });
});
