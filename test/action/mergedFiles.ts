/** What a merge finds, and `fewer`, which is merged: two of three aliases go. */
export const text = `domain: example.com
aliases:
  postmaster: { destinations: [jane@mailbox.example] }
  abuse: { destinations: [jane@mailbox.example] }
  board: { destinations: [john@mailbox.example] }
`;
export const files = { 'example.com.yml': text };
export const fewer = { 'example.com.yml': text.replace(/ {2}(abuse|board):.*\n/g, '') };
