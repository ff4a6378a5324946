declare module 's3rver' {
  interface S3rverOptions {
    readonly address: string;
    readonly port: number;
    readonly silent: boolean;
    readonly directory: string;
    readonly vhostBuckets: boolean;
    readonly configureBuckets?: readonly { readonly name: string }[];
  }
  /** The part of s3rver that the local system uses. */
  class S3rver {
    constructor(options: S3rverOptions);
    run(): Promise<{ readonly port: number }>;
    close(): Promise<void>;
    readonly httpServer: import('node:http').Server;
  }
  export = S3rver;
}
