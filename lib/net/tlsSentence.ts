const sentences: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "The certificate has expired. The publisher has to renew it.",
  CERT_NOT_YET_VALID: "The certificate is not valid yet. Check its dates and this machine's clock.",
  ERR_TLS_CERT_ALTNAME_INVALID:
    "The certificate is for another name. The publisher has to install one for this host.",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "The certificate is self-signed. The publisher needs one from a public authority.",
  SELF_SIGNED_CERT_IN_CHAIN: "The certificate comes from an authority that is not trusted here.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "The certificate cannot be traced to a trusted authority. The publisher probably does not send the intermediate certificate.",
  UNABLE_TO_GET_ISSUER_CERT:
    "The certificate cannot be traced to a trusted authority. The publisher probably does not send the intermediate certificate.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "The certificate cannot be traced to a trusted authority. The publisher probably does not send the intermediate certificate.",
  CERT_REVOKED: "The certificate was revoked. The publisher has to replace it.",
  ERR_SSL_UNSUPPORTED_PROTOCOL:
    "The server speaks only TLS older than 1.2. The publisher has to enable TLS 1.2.",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION:
    "The server speaks only TLS older than 1.2. The publisher has to enable TLS 1.2.",
  ERR_SSL_WRONG_VERSION_NUMBER: "The port does not speak TLS.",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "The port does not speak TLS.",
};

/** Why a TLS handshake failed, in plain words and with what to do. */
export function tlsSentence(error: Error): string {
  const code = "code" in error ? String(error.code) : "";
  return (
    sentences[code] ??
    `The TLS handshake failed${code === "" ? "" : ` (${code})`}. Check the host's TLS set-up.`
  );
}
