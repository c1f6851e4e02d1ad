import { quarterCidr } from '../../../constructs/network/quarter-cidr.ts';

test.each([
  ['10.0.0.0/16', ['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18', '10.0.192.0/18']],
  ['192.168.255.192/26', ['192.168.255.192/28', '192.168.255.208/28', '192.168.255.224/28', '192.168.255.240/28']],
  ['172.31.254.0/23', ['172.31.254.0/25', '172.31.254.128/25', '172.31.255.0/25', '172.31.255.128/25']],
])('quarters %s', (cidr, expected) => {
  expect(quarterCidr(cidr)).toEqual(expected);
});

test.each(['', '10.0.0.0/24 ', '10.0.0/24', '10.0.1.0/23', '300.0.0.0/16'])('gives nothing for %j', (cidr) => {
  expect(quarterCidr(cidr)).toBeUndefined();
});
