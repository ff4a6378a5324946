/** A file as members write them, with each form of a value, for tests that spoil it. */
export const readableFile = `domain: example.com
aliasDomains: [example.net]
filter: {spf: drop}
aliases:
  # people
  john.doe:
    type: person
    destinations: [john.doe@gmail.com, "j@b\u00fccher.example"]
    owner: johndoe   # asks himself

  board:
    type: group
    description: 'Elected until 2027'
    destinations:
      - john.doe
      - jane@example.net
    expires: 2027-06-30
  jane: {active: false, destinations: [jane@home.example]}
  "*":
    destinations: [board]
`;
