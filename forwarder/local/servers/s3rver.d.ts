declare module 's3rver' {
  interface S3rverOptions {
    readonly address: string;
    readonly port: number;
    readonly silent: boolean;
    readonly directory: string;
    readonly vhostBuckets: boolean;
    readonly configureBuckets?: readonly { readonly name: string }[];
  }
  interface Context {
    readonly method: string;
    readonly path: string;
    /** An empty text for a parameter without a value. */
    readonly query: Readonly<Record<string, string | undefined>>;
    /** A header of the request; an empty text where it has none. */
    get(header: string): string;
    status: number;
    body: string;
    type: string;
  }
  /** The part of s3rver that the local system uses. It is a Koa application. */
  class S3rver {
    constructor(options: S3rverOptions);
    run(): Promise<{ readonly port: number }>;
    close(): Promise<void>;
    readonly middleware: ((context: Context, next: () => Promise<void>) => Promise<void>)[];
    readonly httpServer: import('node:http').Server;
  }
  export = S3rver;
}
