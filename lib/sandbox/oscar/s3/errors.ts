import { xmlDocument } from './xml';

const faults = {
  AccessDenied: [403, 'Access Denied.'],
  AuthorizationHeaderMalformed: [400, 'The authorization header is malformed; the region or the form is wrong.'],
  AuthorizationQueryParametersError: [400, 'X-Amz-Expires, X-Amz-Algorithm or X-Amz-Credential is not as it must be.'],
  BadDigest: [400, 'The Content-Md5 or checksum you specified did not match what we received.'],
  BucketAlreadyOwnedByYou: [409, 'Your previous request to create the named bucket succeeded and you already own it.'],
  BucketNotEmpty: [409, 'The bucket you tried to delete is not empty'],
  EntityTooLarge: [400, 'Your proposed upload exceeds the maximum allowed object size.'],
  EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed object size.'],
  ExpiredToken: [403, 'Request has expired'],
  IncompleteBody: [400, 'You did not provide the number of bytes specified by the Content-Length HTTP header.'],
  InvalidAccessKeyId: [403, 'The Access Key Id you provided does not exist in our records.'],
  InvalidArgument: [400, 'Invalid Argument'],
  InvalidBucketName: [400, 'The specified bucket is not valid.'],
  InvalidPart: [
    400,
    'One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part’s entity tag.',
  ],
  InvalidPartOrder: [400, 'The list of parts was not in ascending order. The parts list must be specified in order by part number.'],
  InvalidRange: [416, 'The requested range is not satisfiable'],
  MalformedXML: [400, 'The XML you provided was not well-formed or did not validate against our published schema.'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
  NoSuchBucket: [404, 'The specified bucket does not exist'],
  NoSuchBucketPolicy: [404, 'The bucket policy does not exist'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NoSuchTagSet: [404, 'The TagSet does not exist'],
  NoSuchUpload: [
    404,
    'The specified multipart upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  ],
  NotImplemented: [501, 'A header or query you provided implies functionality that is not implemented'],
  PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
  RequestTimeTooSkewed: [403, 'The difference between the request time and the server’s time is too large.'],
  SignatureDoesNotMatch: [
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
  SlowDown: [503, 'Resource requested is unreadable, please reduce your request rate'],
  XMinioServerNotInitialized: [503, 'Server not initialized yet, please try again.'],
} as const satisfies Record<string, readonly [number, string]>;

export type S3Code = keyof typeof faults;

/** A refusal in S3's words. */
export class S3Fault extends Error {
  override readonly name = 'S3Fault';
  readonly code: S3Code;

  constructor(code: S3Code) {
    super(code);
    this.code = code;
  }

  get status(): number {
    return faults[this.code][0];
  }

  /** The document that goes back. */
  document(resource: string, requestId: string): string {
    return xmlDocument('Error', {
      // what S3 calls an expired address is a denied access
      Code: this.code === 'ExpiredToken' ? 'AccessDenied' : this.code,
      Message: faults[this.code][1],
      Resource: resource,
      RequestId: requestId,
    });
  }
}
