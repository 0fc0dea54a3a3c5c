import type { DriftRule } from "./Drift.ts";
import { driftApplicationTypeChanged } from "./rules/application-type-changed.ts";
import { driftAuthDowngraded } from "./rules/auth-downgraded.ts";
import { driftAuthMethodsChanged } from "./rules/auth-methods-changed.ts";
import { driftAuthSharedSecret } from "./rules/auth-shared-secret.ts";
import { driftAuthUpgraded } from "./rules/auth-upgraded.ts";
import { driftCacheLengthened } from "./rules/cache-lengthened.ts";
import { driftClientIdCorrected } from "./rules/client-id-corrected.ts";
import { driftClientIdMismatch } from "./rules/client-id-mismatch.ts";
import { driftClientNameChanged } from "./rules/client-name-changed.ts";
import { driftContactsChanged } from "./rules/contacts-changed.ts";
import { driftContentTypeChanged } from "./rules/content-type-changed.ts";
import { driftDocumentUnreadable } from "./rules/document-unreadable.ts";
import { driftFlowSettingChanged } from "./rules/flow-setting-changed.ts";
import { driftFlowUriChanged } from "./rules/flow-uri-changed.ts";
import { driftFormattingOnly } from "./rules/formatting-only.ts";
import { driftGrantTypeAdded } from "./rules/grant-type-added.ts";
import { driftGrantTypeRemoved } from "./rules/grant-type-removed.ts";
import { driftJwksUriChanged } from "./rules/jwks-uri-changed.ts";
import { driftKeyAdded } from "./rules/key-added.ts";
import { driftKeyCertificateRenewed } from "./rules/key-certificate-renewed.ts";
import { driftKeyDetailsChanged } from "./rules/key-details-changed.ts";
import { driftKeyHardCutover } from "./rules/key-hard-cutover.ts";
import { driftKeyPrivatePublished } from "./rules/key-private-published.ts";
import { driftKeyRemovedEarly } from "./rules/key-removed-early.ts";
import { driftKeyRenamed } from "./rules/key-renamed.ts";
import { driftKeyRetired } from "./rules/key-retired.ts";
import { driftKeyReturned } from "./rules/key-returned.ts";
import { driftKeySameKidReplaced } from "./rules/key-same-kid-replaced.ts";
import { driftKeySetEmptied } from "./rules/key-set-emptied.ts";
import { driftKeySetUnreadable } from "./rules/key-set-unreadable.ts";
import { driftKeyShared } from "./rules/key-shared.ts";
import { driftKeySourceChanged } from "./rules/key-source-changed.ts";
import { driftKeyTooMany } from "./rules/key-too-many.ts";
import { driftKeyWeakened } from "./rules/key-weakened.ts";
import { driftLinkChanged } from "./rules/link-changed.ts";
import { driftLogoChanged } from "./rules/logo-changed.ts";
import { driftMemberAdded } from "./rules/member-added.ts";
import { driftMemberChanged } from "./rules/member-changed.ts";
import { driftMtlsSubjectChanged } from "./rules/mtls-subject-changed.ts";
import { driftProtectionAdded } from "./rules/protection-added.ts";
import { driftProtectionDropped } from "./rules/protection-dropped.ts";
import { driftRedirectAddedDangerous } from "./rules/redirect-added-dangerous.ts";
import { driftRedirectAddedHttp } from "./rules/redirect-added-http.ts";
import { driftRedirectAddedLoopback } from "./rules/redirect-added-loopback.ts";
import { driftRedirectAddedNewSite } from "./rules/redirect-added-new-site.ts";
import { driftRedirectAddedPrivateScheme } from "./rules/redirect-added-private-scheme.ts";
import { driftRedirectAddedSameHost } from "./rules/redirect-added-same-host.ts";
import { driftRedirectAddedSameSite } from "./rules/redirect-added-same-site.ts";
import { driftRedirectAddedSharedHost } from "./rules/redirect-added-shared-host.ts";
import { driftRedirectAddedWildcard } from "./rules/redirect-added-wildcard.ts";
import { driftRedirectAllReplaced } from "./rules/redirect-all-replaced.ts";
import { driftRedirectEmptied } from "./rules/redirect-emptied.ts";
import { driftRedirectLoopbackName } from "./rules/redirect-loopback-name.ts";
import { driftRedirectLoopbackPort } from "./rules/redirect-loopback-port.ts";
import { driftRedirectRemoved } from "./rules/redirect-removed.ts";
import { driftResponseTypeAdded } from "./rules/response-type-added.ts";
import { driftResponseTypeRemoved } from "./rules/response-type-removed.ts";
import { driftScopeNarrowed } from "./rules/scope-narrowed.ts";
import { driftScopeWidened } from "./rules/scope-widened.ts";
import { driftSecretPublished } from "./rules/secret-published.ts";
import { driftSigningAlgChanged } from "./rules/signing-alg-changed.ts";
import { driftSoftwareIdChanged } from "./rules/software-id-changed.ts";
import { driftSoftwareStatementChanged } from "./rules/software-statement-changed.ts";
import { driftVersionChanged } from "./rules/version-changed.ts";
import { driftVersionNotRaised } from "./rules/version-not-raised.ts";

/** Every drift rule: the document itself, redirects, authentication, keys, authority, what people see. */
export const driftRules: readonly DriftRule[] = [
  driftClientIdMismatch,
  driftClientIdCorrected,
  driftDocumentUnreadable,
  driftSecretPublished,
  driftKeyPrivatePublished,
  driftRedirectAddedWildcard,
  driftRedirectAddedDangerous,
  driftRedirectAddedHttp,
  driftRedirectAddedPrivateScheme,
  driftRedirectAddedLoopback,
  driftRedirectAddedSharedHost,
  driftRedirectAddedNewSite,
  driftRedirectAddedSameSite,
  driftRedirectAddedSameHost,
  driftRedirectEmptied,
  driftRedirectAllReplaced,
  driftRedirectRemoved,
  driftRedirectLoopbackName,
  driftRedirectLoopbackPort,
  driftAuthDowngraded,
  driftAuthSharedSecret,
  driftAuthUpgraded,
  driftAuthMethodsChanged,
  driftSigningAlgChanged,
  driftMtlsSubjectChanged,
  driftProtectionDropped,
  driftProtectionAdded,
  driftKeySameKidReplaced,
  driftKeySetEmptied,
  driftKeyHardCutover,
  driftKeyRemovedEarly,
  driftKeyReturned,
  driftKeyWeakened,
  driftKeyShared,
  driftJwksUriChanged,
  driftKeySourceChanged,
  driftKeySetUnreadable,
  driftKeyRenamed,
  driftKeyTooMany,
  driftKeyAdded,
  driftKeyRetired,
  driftKeyCertificateRenewed,
  driftKeyDetailsChanged,
  driftScopeWidened,
  driftScopeNarrowed,
  driftGrantTypeAdded,
  driftGrantTypeRemoved,
  driftResponseTypeAdded,
  driftResponseTypeRemoved,
  driftApplicationTypeChanged,
  driftFlowUriChanged,
  driftFlowSettingChanged,
  driftClientNameChanged,
  driftLogoChanged,
  driftLinkChanged,
  driftContactsChanged,
  driftSoftwareStatementChanged,
  driftSoftwareIdChanged,
  driftVersionNotRaised,
  driftVersionChanged,
  driftMemberAdded,
  driftMemberChanged,
  driftCacheLengthened,
  driftContentTypeChanged,
  driftFormattingOnly,
];
