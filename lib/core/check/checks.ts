import type { Check } from "./Check.ts";
import { documentApplicationType } from "./rules/document.application-type.ts";
import { documentAtprotoAuthMethod } from "./rules/document.atproto-auth-method.ts";
import { documentAtprotoClientUri } from "./rules/document.atproto-client-uri.ts";
import { documentAtprotoDpop } from "./rules/document.atproto-dpop.ts";
import { documentAtprotoGrantTypes } from "./rules/document.atproto-grant-types.ts";
import { documentAtprotoResponseTypes } from "./rules/document.atproto-response-types.ts";
import { documentAtprotoScope } from "./rules/document.atproto-scope.ts";
import { documentAuthDowngrade } from "./rules/document.auth-downgrade.ts";
import { documentAuthMethodMissing } from "./rules/document.auth-method-missing.ts";
import { documentAuthMethodNotListed } from "./rules/document.auth-method-not-listed.ts";
import { documentAuthMethodOneForm } from "./rules/document.auth-method-one-form.ts";
import { documentBom } from "./rules/document.bom.ts";
import { documentClientIdMismatch } from "./rules/document.client-id-mismatch.ts";
import { documentClientIdMissing } from "./rules/document.client-id-missing.ts";
import { documentClientName } from "./rules/document.client-name.ts";
import { documentContactMissing } from "./rules/document.contact-missing.ts";
import { documentCouldAuthenticate } from "./rules/document.could-authenticate.ts";
import { documentDuplicateMember } from "./rules/document.duplicate-member.ts";
import { documentGrantResponseMismatch } from "./rules/document.grant-response-mismatch.ts";
import { documentJwksAndJwksUri } from "./rules/document.jwks-and-jwks-uri.ts";
import { documentJwksUriCrossOrigin } from "./rules/document.jwks-uri-cross-origin.ts";
import { documentJwksUriInsecure } from "./rules/document.jwks-uri-insecure.ts";
import { documentKeysMissing } from "./rules/document.keys-missing.ts";
import { documentLegacyGrant } from "./rules/document.legacy-grant.ts";
import { documentMemberType } from "./rules/document.member-type.ts";
import { documentNearMissMember } from "./rules/document.near-miss-member.ts";
import { documentPrivateMaterial } from "./rules/document.private-material.ts";
import { documentRedirectUrisMissing } from "./rules/document.redirect-uris-missing.ts";
import { documentScopeSyntax } from "./rules/document.scope-syntax.ts";
import { documentSecret } from "./rules/document.secret.ts";
import { documentServerMetadata } from "./rules/document.server-metadata.ts";
import { documentSigningAlg } from "./rules/document.signing-alg.ts";
import { documentSoftwareStatement } from "./rules/document.software-statement.ts";
import { documentSpecialAddress } from "./rules/document.special-address.ts";
import { documentSymmetricAuth } from "./rules/document.symmetric-auth.ts";
import { documentSyntax } from "./rules/document.syntax.ts";
import { documentUnknownMember } from "./rules/document.unknown-member.ts";
import { documentUriInsecure } from "./rules/document.uri-insecure.ts";
import { documentUriOtherSite } from "./rules/document.uri-other-site.ts";
import { documentUriRelative } from "./rules/document.uri-relative.ts";
import { documentUriScheme } from "./rules/document.uri-scheme.ts";
import { domainLifetime } from "./rules/domain.lifetime.ts";
import { domainTemplateEndpoint } from "./rules/domain.template-endpoint.ts";
import { fetchCache } from "./rules/fetch.cache.ts";
import { fetchContentType } from "./rules/fetch.content-type.ts";
import { fetchRedirect } from "./rules/fetch.redirect.ts";
import { fetchSize } from "./rules/fetch.size.ts";
import { fetchSplitView } from "./rules/fetch.split-view.ts";
import { fetchStatus } from "./rules/fetch.status.ts";
import { fetchTls } from "./rules/fetch.tls.ts";
import { fetchUnreachable } from "./rules/fetch.unreachable.ts";
import { keyAlgMismatch } from "./rules/key.alg-mismatch.ts";
import { keyCache } from "./rules/key.cache.ts";
import { keyCertificate } from "./rules/key.certificate.ts";
import { keyDuplicate } from "./rules/key.duplicate.ts";
import { keyExample } from "./rules/key.example.ts";
import { keyKidDuplicate } from "./rules/key.kid-duplicate.ts";
import { keyKidGeneric } from "./rules/key.kid-generic.ts";
import { keyKidMissing } from "./rules/key.kid-missing.ts";
import { keyMembersMissing } from "./rules/key.members-missing.ts";
import { keyNoneUsable } from "./rules/key.none-usable.ts";
import { keyOperations } from "./rules/key.operations.ts";
import { keyPointInvalid } from "./rules/key.point-invalid.ts";
import { keyPrivateMaterial } from "./rules/key.private-material.ts";
import { keyRoca } from "./rules/key.roca.ts";
import { keyRotation } from "./rules/key.rotation.ts";
import { keyRsaExponent } from "./rules/key.rsa-exponent.ts";
import { keyRsaSize } from "./rules/key.rsa-size.ts";
import { keySetSyntax } from "./rules/key.set-syntax.ts";
import { keyShared } from "./rules/key.shared.ts";
import { keySymmetric } from "./rules/key.symmetric.ts";
import { keyUnknownType } from "./rules/key.unknown-type.ts";
import { keyUseMissing } from "./rules/key.use-missing.ts";
import { redirectCrossOrigin } from "./rules/redirect.cross-origin.ts";
import { redirectDangerousScheme } from "./rules/redirect.dangerous-scheme.ts";
import { redirectDuplicate } from "./rules/redirect.duplicate.ts";
import { redirectFixedLoopbackPort } from "./rules/redirect.fixed-loopback-port.ts";
import { redirectFragment } from "./rules/redirect.fragment.ts";
import { redirectHttpRemote } from "./rules/redirect.http-remote.ts";
import { redirectLocalhostName } from "./rules/redirect.localhost-name.ts";
import { redirectLoopbackOnly } from "./rules/redirect.loopback-only.ts";
import { redirectLoopback } from "./rules/redirect.loopback.ts";
import { redirectNotAbsolute } from "./rules/redirect.not-absolute.ts";
import { redirectOpenRedirector } from "./rules/redirect.open-redirector.ts";
import { redirectPrivateNetwork } from "./rules/redirect.private-network.ts";
import { redirectPrivateScheme } from "./rules/redirect.private-scheme.ts";
import { redirectSchemeDoubleSlash } from "./rules/redirect.scheme-double-slash.ts";
import { redirectSchemeNotReversed } from "./rules/redirect.scheme-not-reversed.ts";
import { redirectSchemeWithoutPeriod } from "./rules/redirect.scheme-without-period.ts";
import { redirectSharedHost } from "./rules/redirect.shared-host.ts";
import { redirectSpecialHost } from "./rules/redirect.special-host.ts";
import { redirectTooLong } from "./rules/redirect.too-long.ts";
import { redirectTooMany } from "./rules/redirect.too-many.ts";
import { redirectUnresolvable } from "./rules/redirect.unresolvable.ts";
import { redirectUserinfo } from "./rules/redirect.userinfo.ts";
import { redirectWildcard } from "./rules/redirect.wildcard.ts";
import { urlAddress } from "./rules/url.address.ts";
import { urlDotSegment } from "./rules/url.dot-segment.ts";
import { urlDuplicateRecord } from "./rules/url.duplicate-record.ts";
import { urlFragment } from "./rules/url.fragment.ts";
import { urlIssuerCollision } from "./rules/url.issuer-collision.ts";
import { urlLength } from "./rules/url.length.ts";
import { urlLookalike } from "./rules/url.lookalike.ts";
import { urlNotCanonical } from "./rules/url.not-canonical.ts";
import { urlPathMissing } from "./rules/url.path-missing.ts";
import { urlPort } from "./rules/url.port.ts";
import { urlQuery } from "./rules/url.query.ts";
import { urlRootPath } from "./rules/url.root-path.ts";
import { urlScheme } from "./rules/url.scheme.ts";
import { urlSharedHost } from "./rules/url.shared-host.ts";
import { urlSpecialHost } from "./rules/url.special-host.ts";
import { urlSyntax } from "./rules/url.syntax.ts";
import { urlTrailingSlash } from "./rules/url.trailing-slash.ts";
import { urlUserinfo } from "./rules/url.userinfo.ts";

/** Every check, in the order findings are shown: the URL, its domain, the fetch, the document, its keys, its redirects. */
export const checks: readonly Check[] = [
  urlSyntax,
  urlScheme,
  urlUserinfo,
  urlFragment,
  urlPathMissing,
  urlRootPath,
  urlTrailingSlash,
  urlDotSegment,
  urlQuery,
  urlPort,
  urlNotCanonical,
  urlSpecialHost,
  urlAddress,
  urlSharedHost,
  urlLength,
  urlLookalike,
  urlIssuerCollision,
  urlDuplicateRecord,
  domainLifetime,
  domainTemplateEndpoint,
  fetchStatus,
  fetchRedirect,
  fetchUnreachable,
  fetchContentType,
  fetchSize,
  fetchTls,
  fetchSplitView,
  fetchCache,
  documentSyntax,
  documentBom,
  documentDuplicateMember,
  documentSpecialAddress,
  documentClientIdMissing,
  documentClientIdMismatch,
  documentSecret,
  documentSymmetricAuth,
  documentPrivateMaterial,
  documentClientName,
  documentRedirectUrisMissing,
  documentAuthMethodNotListed,
  documentAuthMethodMissing,
  documentAuthMethodOneForm,
  documentAuthDowngrade,
  documentCouldAuthenticate,
  documentSigningAlg,
  documentKeysMissing,
  documentJwksAndJwksUri,
  documentJwksUriInsecure,
  documentJwksUriCrossOrigin,
  documentGrantResponseMismatch,
  documentLegacyGrant,
  documentApplicationType,
  documentScopeSyntax,
  documentUriScheme,
  documentUriInsecure,
  documentUriOtherSite,
  documentUriRelative,
  documentSoftwareStatement,
  documentMemberType,
  documentNearMissMember,
  documentServerMetadata,
  documentUnknownMember,
  documentContactMissing,
  documentAtprotoScope,
  documentAtprotoDpop,
  documentAtprotoAuthMethod,
  documentAtprotoGrantTypes,
  documentAtprotoResponseTypes,
  documentAtprotoClientUri,
  keySetSyntax,
  keyPrivateMaterial,
  keyNoneUsable,
  keySymmetric,
  keyRsaSize,
  keyRsaExponent,
  keyRoca,
  keyPointInvalid,
  keyMembersMissing,
  keyUnknownType,
  keyAlgMismatch,
  keyKidMissing,
  keyKidDuplicate,
  keyKidGeneric,
  keyDuplicate,
  keyUseMissing,
  keyOperations,
  keyRotation,
  keyShared,
  keyExample,
  keyCertificate,
  keyCache,
  redirectNotAbsolute,
  redirectFragment,
  redirectUserinfo,
  redirectWildcard,
  redirectHttpRemote,
  redirectLoopback,
  redirectLoopbackOnly,
  redirectLocalhostName,
  redirectFixedLoopbackPort,
  redirectPrivateScheme,
  redirectSchemeWithoutPeriod,
  redirectDangerousScheme,
  redirectSchemeNotReversed,
  redirectSchemeDoubleSlash,
  redirectPrivateNetwork,
  redirectCrossOrigin,
  redirectSharedHost,
  redirectSpecialHost,
  redirectUnresolvable,
  redirectOpenRedirector,
  redirectTooMany,
  redirectDuplicate,
  redirectTooLong,
];
