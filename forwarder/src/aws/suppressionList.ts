import {
  DeleteSuppressedDestinationCommand,
  NotFoundException,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';

export interface SuppressionList {
  /** False when the address was not on it. */
  remove(address: string): Promise<boolean>;
}

/** SES's list of addresses that the account's mail is not even tried for. */
export function suppressionList(client: SESv2Client): SuppressionList {
  return {
    async remove(address) {
      try {
        await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress: address }));
        return true;
      } catch (error) {
        if (error instanceof NotFoundException) return false;
        throw error;
      }
    },
  };
}
