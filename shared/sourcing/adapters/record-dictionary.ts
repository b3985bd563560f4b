/**
 * What most decision records have in common, for the compressor to point at: a record of six nodes takes half the bytes
 * with it, which is a write unit less an order. Records name the dictionary that they were packed with, and are read
 * with it for as long as they are kept: text that was deployed never changes, what is to be added is a new number.
 */
export const RECORD_DICTIONARY_1 = [
  '{"inputs":{"at":"2026-11-25T","request":{"orderId":"ord_","revision":1,"orderType":"consumer",',
  '"channel":"shopify","customerTier":"priority":"normal","deliverBy":"2026-11-,"shipComplete":false,',
  '"lines":[{"lineId":"1","sku":"","quantity":1},{"lineId":"2","sku":"",',
  '"quantity":"keepTogether":"kit":{"kitId":""perKit":],"shipTo":{"country":"US","region":"",',
  '"postcode":""latitude":"longitude":"},"excludedNodes":[],"pickupNode":"preferredNode":"},',
  '"nodes":[{"nodeId":"","type":"warehouse","status":"active","priority":100,"costs":{"perShipment":,',
  '"perUnit":},"country":"US","region":"","position":{"latitude":,"longitude":-},"ordersPerDay":},',
  '{"nodeId":"","type":"store","status":"active","priority":100,"costs":{"perShipment":,"perUnit":},',
  '"country":"US","region":"","position":{"latitude":,"longitude":-},"capabilities":["ship","pickup",',
  '"cold"],"calendar":{"timeZone":"America/New_York","localTime":"2026-11-25T","workingDays":["mon",',
  '"tue","wed","thu","fri","sat","sun"],"closedDates":["2026-12-25"],"cutOff":"14:00",',
  '"handlingDays":0}},{"nodeId":"","type":"3pl","status":"active"}],"offers":[{"sku":"","nodeId":"",',
  '"available":},{"sku":"","nodeId":"","available":}],"items":{"":{"grams":500,"value":},',
  '"":{"grams":,"value":,"requires":["cold"]}},"tariff":{"perShipment":875.9,"perKilogram":42.3,',
  '"perKilogramMile":0.0541,"unknownMiles":1000,"transit":{"milesPerDay":600,',
  '"extraDays":{"store":1}}},"strategy":{"strategyId":"default","version":0,"name":"Least cost",',
  '"appliesTo":{},"groups":{},"rules":[],"relax":[],"onPartial":"ship","onNone":"backorder"},',
  '"prices":[{"node":"","sku":"","price":}]},"decision":{"outcome":"complete","action":"ship",',
  '"outcome":"partial","outcome":"nothing","action":"backorder","parcels":[],"parcels":[{"node":"",',
  '"miles":,"lines":[{"line":"1","quantity":1},{"line":"2","quantity":1}],"cost":{"parcel":875.9,',
  '"handling":,"carriage":,"preference":0},"delivery":{"waitDays":0,"shipsOn":"2026-11-",',
  '"transitDays":1,"arrivesOn":"2026-11-","daysLate":0}}],"unfilled":[],"unfilled":[{"line":"1",',
  '"quantity":}],"cost":{"parcel":875.9,"handling":,"carriage":,"money":,"preference":0,',
  '"stockValue":0},"weighed":,"proven":true,"relaxed":[],"bound":[],"eliminated":[],',
  '"eliminated":[{"node":"","reasons":[{"why":"noStock"}]},{"node":"","reasons":[{"why":"snoozed"}]},',
  '{"node":"","reasons":[{"why":"rejected"}]},{"node":"","reasons":[{"why":"rule","rule":""}]}],',
  '"scores":[{"node":"","miles":,"alone":,"curtailedBy":[]},{"node":"","miles":,"alone":null,',
  '"curtailedBy":[]}],"alternatives":[{"without":"","nodes":[""],"weighed":,"unfilledUnits":0}]}}',
].join('');
