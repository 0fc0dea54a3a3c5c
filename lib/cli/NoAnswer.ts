/** The command cannot answer: bad usage, configuration, or an outage. Exit code 2; the message is for the person. */
export class NoAnswer extends Error {}
