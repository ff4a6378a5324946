import { expect, it } from 'vitest';
import { notificationOf, simulated } from './mailFate.ts';

const sent = {
  messageId: 'sent',
  source: 'forwarder-daemon@example.com',
  recipients: ['x@y.example'],
  sentAt: new Date(0),
  account: '123456789012',
  region: 'eu-west-1',
};

it.each([
  ['success@simulator.amazonses.com', undefined],
  ['bounce@simulator.amazonses.com', ['Bounce', 'Permanent', 'General']],
  ['bounce+label@simulator.amazonses.com', ['Bounce', 'Permanent', 'General']],
  ['suppressionlist@simulator.amazonses.com', ['Bounce', 'Permanent', 'Suppressed']],
  ['ooto@simulator.amazonses.com', ['Bounce', 'Transient', 'General']],
  ['complaint@simulator.amazonses.com', ['Complaint', 'abuse']],
])('tells of mail to %s what AWS tells', (address, expected) => {
  const notification = notificationOf(simulated(address) ?? 'delivered', address, sent);
  const { notificationType, bounce, complaint, mail } = JSON.parse(notification?.message ?? '{}') as Record<
    string,
    Record<string, unknown>
  >;
  const told = bounce
    ? [notificationType, bounce.bounceType, bounce.bounceSubType]
    : complaint && [notificationType, complaint.complaintFeedbackType];
  expect(told).toEqual(expected);
  if (expected) expect(mail?.messageId).toBe('sent');
});

it('tells of a suppressed address', () => {
  const notification = notificationOf('on-suppression-list', 'x@y.example', sent);
  expect(notification?.message).toContain('OnAccountSuppressionList');
});
