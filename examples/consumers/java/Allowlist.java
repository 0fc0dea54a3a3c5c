import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A consumer of the allowlist with the JDK alone, 17 or newer. See docs/servers/any-language.md.
 *
 * <pre>
 * java Allowlist.java ask HEAD_URL MEMORY_FILE CLIENT_ID [REDIRECT_URI]
 * java Allowlist.java vectors vectors.json
 * </pre>
 */
public final class Allowlist {
  /** A head that is not taken, or a client that is not let in: the code says why. */
  static final class Refused extends RuntimeException {
    Refused(String code) {
      super(code, null, false, false);
    }
  }

  /** `minSeq` is that of the enrolment string, or 1. */
  record Source(String issuer, String headUrl, long minSeq) {}

  /** How long the publisher's log was. */
  record Checkpoint(String origin, long size, String root) {
    static Checkpoint read(Object json) {
      if (!(json instanceof Map<?, ?> log)) return null;
      return new Checkpoint((String) log.get("origin"), whole(log, "size"), (String) log.get("root"));
    }
  }

  /** What must survive a restart before a head is used (step 7). `log` may be null. */
  record Memory(long epoch, long seq, long rev, String root, String digest, Checkpoint log) {
    static Memory of(Map<?, ?> head, String jws, Memory before) {
      Checkpoint log = head.containsKey("log") || before == null ? Checkpoint.read(head.get("log")) : before.log();
      return new Memory(whole(head, "epoch"), whole(head, "seq"), whole(head, "rev"), (String) head.get("root"), sha256(jws.getBytes(UTF_8)), log);
    }

    static Memory read(Object json) {
      if (!(json instanceof Map<?, ?> kept)) return null;
      return new Memory(whole(kept, "epoch"), whole(kept, "seq"), whole(kept, "rev"), (String) kept.get("root"), (String) kept.get("digest"), Checkpoint.read(kept.get("log")));
    }

    String write() {
      String more = log == null ? "" : ",\"log\":{\"origin\":%s,\"size\":%d,\"root\":\"%s\"}".formatted(Json.quote(log.origin()), log.size(), log.root());
      return "{\"epoch\":%d,\"seq\":%d,\"rev\":%d,\"root\":\"%s\",\"digest\":\"%s\"%s}".formatted(epoch, seq, rev, root, digest, more);
    }
  }

  /** In the place of a `jkt`: the client authenticated, and used no key. */
  static final String WITHOUT_KEY = "none";

  /** Exactly as received; a null was not part of the request. */
  record Question(String clientId, String redirectUri, String method, String jkt, String grantType, List<?> resources, String scope) {}

  private static final Set<String> KNOWN = Set.of("iss", "sub", "iat", "exp", "v", "epoch", "seq", "rev", "prev", "ttl", "root", "count", "deny", "keys_version", "log", "crit");
  private static final Pattern LOOPBACK = Pattern.compile("http://(127\\.0\\.0\\.1|\\[::1\\]|localhost)(?::([1-9][0-9]{0,4}))?((?:/[^?#]*)?(?:\\?[^#]*)?)");
  private static final Pattern HOST = Pattern.compile("https?://(?:[^/?#@\\\\]*@)?(\\[[^\\]/?#\\\\]*\\]|[^/?#:\\\\]*)(:[0-9]*)?(?:[/?#\\\\].*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  static final long SAFE = (1L << 53) - 1;

  /**
   * Steps 2 to 6 of docs/allowlist.md §5: the claims, or Refused. `remembered` may be null; `now` in seconds. Remember
   * the claims durably before they are used.
   */
  static Map<?, ?> verifyHead(String jws, Map<?, ?> jwks, Source source, Memory remembered, long now) {
    String[] parts = jws.split("\\.", -1);
    check(parts.length == 3 && Stream.of(parts).allMatch(part -> decode(part) != null), "malformed");
    Map<?, ?> header = object(decode(parts[0]));
    check(header != null, "malformed");
    check(Set.of("alg", "kid", "typ").containsAll(header.keySet()), "header_not_allowed");
    check("ES256".equals(header.get("alg")), "alg_not_allowed");
    check("cimd-allowlist+jwt".equals(header.get("typ")), "wrong_typ");
    check(header.get("kid") instanceof String, "malformed");
    check(verifies(keyOf(jwks, header.get("kid")), parts), "bad_signature");

    Map<?, ?> head = object(decode(parts[1]));
    check(head != null, "malformed");
    check(Objects.equals(head.get("v"), 1L), "unknown_version");
    Object crit = head.containsKey("crit") ? head.get("crit") : List.of();
    check(texts(crit), "malformed");
    check(KNOWN.containsAll((List<?>) crit), "unknown_critical_claim");
    for (String name : List.of("iat", "exp", "count"))
      check(isWhole(head.get(name), -SAFE), "malformed");
    for (String name : List.of("epoch", "seq", "rev", "ttl"))
      check(isWhole(head.get(name), 1), "malformed");
    check(isHash(head.get("root")), "malformed");
    for (String name : List.of("prev", "ns"))
      check(!head.containsKey(name) || isHash(head.get(name)), "malformed");
    check(!head.containsKey("keys_version") || isWhole(head.get("keys_version"), 1), "malformed");
    check(!head.containsKey("log") || isCheckpoint(head.get("log")), "malformed");
    check(head.get("iss") instanceof String && head.get("sub") instanceof String, "malformed");
    check(head.get("deny") instanceof List<?> deny && deny.size() <= 200 && deny.stream().allMatch(Allowlist::readable), "malformed");
    check(source.issuer().equals(head.get("iss")), "wrong_iss");
    check(source.headUrl().equals(head.get("sub")), "wrong_sub");
    check(whole(head, "exp") > now - 60, "expired");
    check(whole(head, "iat") < now + 60, "issued_in_future");
    check(whole(head, "exp") - whole(head, "iat") <= 7 * 86_400, "lives_too_long");

    Memory next = Memory.of(head, jws, null);
    boolean sameEpoch = remembered == null || next.epoch() == remembered.epoch();
    check(!sameEpoch || next.seq() >= source.minSeq(), "rollback");
    check(remembered == null || next.epoch() >= remembered.epoch(), "rollback");
    if (remembered != null && sameEpoch && !next.digest().equals(remembered.digest())) {
      check(next.seq() >= remembered.seq(), "rollback");
      check(next.seq() != remembered.seq(), "equivocation");
      check(next.rev() != remembered.rev() || next.root().equals(remembered.root()), "equivocation");
      boolean follows = next.seq() == remembered.seq() + 1 && head.containsKey("prev");
      check(!follows || remembered.digest().equals(head.get("prev")), "equivocation");
      Checkpoint log = next.log();
      Checkpoint before = remembered.log();
      if (log != null && before != null && log.origin().equals(before.origin())) {
        check(log.size() >= before.size(), "log_rollback");
        check(log.size() != before.size() || log.root().equals(before.root()), "log_split");
      }
    }
    return head;
  }

  /**
   * Returns when the client is allowed, or throws Refused (steps 8 to 10, without the document and namespaces).
   * `readObject` gives the bytes of an object by its name, or null.
   */
  static void decide(Map<?, ?> head, Question question, Function<String, byte[]> readObject, long now) {
    check(whole(head, "exp") > now - 60, "head_expired");
    List<?> denies = (List<?>) head.get("deny");
    check(denies.stream().noneMatch(deny -> denies((Map<?, ?>) deny, question)), "denied");
    Map<?, ?> entry = understood(find((String) head.get("root"), question.clientId(), readObject));
    List<?> jkts = list(entry, "jkts");
    Set<?> denied = Set.copyOf(denies.stream().map(deny -> ((Map<?, ?>) deny).get("jkt")).filter(Objects::nonNull).toList());
    check(jkts.isEmpty() || !denied.containsAll(jkts), "denied");
    check("allow".equals(entry.get("status")), "entry_denies");
    check(!(entry.get("exp") instanceof Number exp) || exp.doubleValue() > now, "expired");
    check(!(entry.get("max_stale") instanceof Number most) || now - whole(head, "iat") <= most.doubleValue(), "stale");
    String uri = question.redirectUri();
    check(uri == null || list(entry, "redirect_uris").stream().anyMatch(each -> redirects((Map<?, ?>) each, uri)), "redirect_not_approved");
    Object method = entry.get("token_endpoint_auth_method");
    check(question.method() == null || question.method().equals(method), "auth_method_mismatch");
    check(question.jkt() == null || jkts.isEmpty() || jkts.contains(question.jkt()), "key_not_approved");
    check(!WITHOUT_KEY.equals(question.jkt()) || !"private_key_jwt".equals(method), "key_not_approved");
    check(question.grantType() == null || list(entry, "grant_types").contains(question.grantType()), "grant_type_not_approved");
    judgeGrants(list(entry, "grants"), question.resources(), question.scope());
  }

  /** Every resource is approved, and every scope for one of them; for any where none is asked for. */
  private static void judgeGrants(List<?> grants, List<?> resources, String scope) {
    for (Object resource : resources == null ? List.of() : resources)
      check(grants.stream().anyMatch(each -> ((Map<?, ?>) each).get("resource").equals(resource)), "resource_not_approved");
    for (String name : scope == null ? new String[0] : scope.split(" "))
      check(name.isEmpty() || grants.stream().map(each -> (Map<?, ?>) each)
          .filter(grant -> resources == null || resources.contains(grant.get("resource")))
          .anyMatch(grant -> list(grant, "scopes").contains(name)), "scope_not_approved");
  }

  private static void check(boolean good, String code) {
    if (!good) throw new Refused(code);
  }

  /** The key of this kid, if it verifies ES256 and its kid is its thumbprint (RFC 7638). What is not is passed over. */
  private static PublicKey keyOf(Map<?, ?> jwks, Object kid) {
    List<?> keys = jwks != null && jwks.get("keys") instanceof List<?> list ? list : List.of();
    for (Object each : keys) {
      if (!(each instanceof Map<?, ?> jwk) || !kid.equals(jwk.get("kid"))) continue;
      boolean usable = "EC".equals(jwk.get("kty")) && "P-256".equals(jwk.get("crv"))
          && (!jwk.containsKey("alg") || "ES256".equals(jwk.get("alg"))) && (!jwk.containsKey("use") || "sig".equals(jwk.get("use")));
      String members = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(jwk.get("x"), jwk.get("y"));
      if (!usable || !encode(digest(members.getBytes(UTF_8))).equals(kid)) continue;
      byte[] x = decode(jwk.get("x"));
      byte[] y = decode(jwk.get("y"));
      if (x == null || y == null || x.length != 32 || y.length != 32) continue;
      try {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
        ECParameterSpec p256 = curve.getParameterSpec(ECParameterSpec.class);
        if (isOn(p256.getCurve(), point)) return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, p256));
      } catch (GeneralSecurityException fault) {
        // A key that is none.
      }
    }
    throw new Refused("unknown_key");
  }

  /** y² = x³ + ax + b, which the JDK does not ask. */
  private static boolean isOn(EllipticCurve curve, ECPoint point) {
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
    return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).subtract(right).mod(p).signum() == 0;
  }

  /** JOSE writes r and s one after the other, which the JDK calls P1363. */
  private static boolean verifies(PublicKey key, String[] parts) {
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
      verifier.initVerify(key);
      verifier.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
      byte[] signature = decode(parts[2]);
      return signature.length == 64 && verifier.verify(signature);
    } catch (GeneralSecurityException fault) {
      return false;
    }
  }

  /** Whether a deny names a client, a host or a key: one that names nothing would not be applied. */
  private static boolean readable(Object value) {
    if (!(value instanceof Map<?, ?> deny)) return false;
    List<String> named = Stream.of("client_id", "host", "jkt").filter(deny::containsKey).toList();
    return !named.isEmpty() && named.stream().allMatch(name -> deny.get(name) instanceof String);
  }

  private static boolean denies(Map<?, ?> deny, Question question) {
    if (question.clientId().equals(deny.get("client_id"))) return true;
    if (question.jkt() != null && question.jkt().equals(deny.get("jkt"))) return true;
    if (!(deny.get("host") instanceof String host)) return false;
    Matcher url = HOST.matcher(question.clientId());
    if (!url.matches()) return false;
    String port = url.group(2) == null ? "" : url.group(2);
    return List.of(plain(url.group(1)), plain(url.group(1) + port)).contains(plain(host));
  }

  /** A host in lower case, without the dot that may stand at its end. */
  private static String plain(String host) {
    return host.toLowerCase(Locale.ROOT).replaceFirst("\\.(?=(:[0-9]+)?\\z)", "");
  }

  /** The client's entry, from the object to which the digits of its hash lead. */
  private static Object find(String root, String clientId, Function<String, byte[]> readObject) {
    String path = sha256(clientId.getBytes(UTF_8));
    String name = root;
    for (int depth = 0; depth <= 16; depth++) {
      byte[] body = readObject.apply(name);
      check(body != null && body.length <= 1_048_576 && sha256(body).equals(name), "unavailable");
      Map<?, ?> node = object(body);
      check(node != null && Objects.equals(node.get("v"), 1L), "unavailable");
      boolean leaf = node.containsKey("entries");
      Object within = node.get(leaf ? "entries" : "children");
      check(leaf != node.containsKey("children") && within instanceof Map, "unavailable");
      Map<?, ?> inside = (Map<?, ?>) within;
      check(leaf || inside.entrySet().stream().allMatch(child -> "0123456789abcdef".contains((String) child.getKey())
          && ((String) child.getKey()).length() == 1 && isHash(child.getValue())), "unavailable");
      String wanted = leaf ? clientId : path.substring(depth, depth + 1);
      check(inside.containsKey(wanted), "not_listed");
      if (leaf) return inside.get(wanted);
      name = (String) inside.get(wanted);
    }
    throw new Refused("unavailable");
  }

  /** What is not understood is a deny: unknown members aside, nothing is guessed. */
  private static Map<?, ?> understood(Object value) {
    check(value instanceof Map, "unknown_value");
    Map<?, ?> entry = (Map<?, ?>) value;
    check(entry.get("status") instanceof String status && Set.of("allow", "deny").contains(status), "unknown_value");
    for (Object each : list(entry, "redirect_uris"))
      check(each instanceof Map<?, ?> redirect && redirect.get("uri") instanceof String
          && redirect.get("match") instanceof String match && Set.of("exact", "loopback_any_port").contains(match), "unknown_value");
    for (Object each : list(entry, "grants"))
      check(each instanceof Map<?, ?> grant && grant.get("resource") instanceof String && texts(grant.get("scopes")), "unknown_value");
    for (String name : List.of("jkts", "grant_types", "doc_sha256"))
      check(texts(list(entry, name)), "unknown_value");
    for (String name : List.of("token_endpoint_auth_method", "reason", "ref"))
      check(!entry.containsKey(name) || entry.get(name) instanceof String, "unknown_value");
    for (String name : List.of("exp", "max_stale"))
      check(!entry.containsKey(name) || entry.get(name) instanceof Number, "unknown_value");
    Object mismatch = entry.containsKey("on_doc_mismatch") ? entry.get("on_doc_mismatch") : "deny";
    check("use_entry".equals(mismatch) || "deny".equals(mismatch), "unknown_value");
    check(!entry.containsKey("self_approved") || Boolean.TRUE.equals(entry.get("self_approved")), "unknown_value");
    return entry;
  }

  /** The same string, or, for a loopback redirect, the same but for the port (RFC 8252 §7.3). */
  private static boolean redirects(Map<?, ?> approved, String requested) {
    String uri = (String) approved.get("uri");
    if ("exact".equals(approved.get("match"))) return uri.equals(requested);
    Matcher a = LOOPBACK.matcher(uri);
    Matcher b = LOOPBACK.matcher(requested);
    if (!a.matches() || !b.matches()) return false;
    return a.group(1).equals(b.group(1)) && a.group(3).equals(b.group(3)) && (b.group(2) == null || Integer.parseInt(b.group(2)) <= 65_535);
  }

  private static long whole(Map<?, ?> object, String name) {
    return (Long) object.get(name);
  }

  /** The list of this name; empty when there is none. What is there and no list is not understood. */
  private static List<?> list(Map<?, ?> object, String name) {
    if (!object.containsKey(name)) return List.of();
    check(object.get(name) instanceof List, "unknown_value");
    return (List<?>) object.get(name);
  }

  private static boolean texts(Object value) {
    return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
  }

  private static boolean isHash(Object value) {
    return value instanceof String text && text.matches("[0-9a-f]{64}");
  }

  private static boolean isWhole(Object value, long least) {
    return value instanceof Long n && n >= least && n <= SAFE;
  }

  private static boolean isCheckpoint(Object value) {
    return value instanceof Map<?, ?> log && log.get("origin") instanceof String && isWhole(log.get("size"), 0) && isHash(log.get("root"));
  }

  /** The bytes of base64url as JOSE writes it; null for a text that has another form, too. */
  private static byte[] decode(Object part) {
    try {
      byte[] data = part instanceof String text ? Base64.getUrlDecoder().decode(text) : null;
      return data != null && encode(data).equals(part) ? data : null;
    } catch (IllegalArgumentException fault) {
      return null;
    }
  }

  private static String encode(byte[] data) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(data);
  }

  private static byte[] digest(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException(fault);
    }
  }

  private static String sha256(byte[] data) {
    return HexFormat.of().formatHex(digest(data));
  }

  /** The JSON object, or null. */
  private static Map<?, ?> object(byte[] data) {
    try {
      return data != null && Json.read(data) instanceof Map<?, ?> object ? object : null;
    } catch (IllegalArgumentException | CharacterCodingException | StackOverflowError fault) {
      return null;
    }
  }

  public static void main(String[] args) throws Exception {
    if (args.length == 2 && args[0].equals("vectors")) runVectors(Path.of(args[1]));
    else if (args.length >= 4 && args[0].equals("ask")) ask(args[1], Path.of(args[2]), args[3], args.length > 4 ? args[4] : null);
    else {
      System.err.println("usage: ask HEAD_URL MEMORY_FILE CLIENT_ID [REDIRECT_URI] | vectors vectors.json");
      System.exit(2);
    }
  }

  /** One question, with the network: prints allow, or deny and why. */
  private static void ask(String headUrl, Path memory, String clientId, String redirectUri) throws Exception {
    long now = System.currentTimeMillis() / 1000;
    String issuer = headUrl.substring(0, headUrl.indexOf("/v1/lists/"));
    Memory remembered = Files.exists(memory) ? Memory.read(Json.read(Files.readAllBytes(memory))) : null;
    String jws = new String(get(headUrl, 65_536), UTF_8).trim();
    Map<?, ?> jwks = object(get(issuer + "/.well-known/jwks.json", 65_536));
    String verdict = verdictOf(() -> {
      Map<?, ?> head = verifyHead(jws, jwks, new Source(issuer, headUrl, 1), remembered, now);
      remember(memory, Memory.of(head, jws, remembered).write());
      decide(head, new Question(clientId, redirectUri, null, null, null, null, null), name -> {
        try {
          return get(headUrl.replaceAll("head$", "objects/" + name), 1_048_576);
        } catch (IOException fault) {
          return null;
        }
      }, now);
    }, "allow");
    System.out.println(verdict.equals("allow") ? verdict : "deny " + verdict);
  }

  private static void remember(Path memory, String text) {
    Path draft = memory.resolveSibling(memory.getFileName() + ".new");
    try (FileChannel file = FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      file.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
      file.force(true);
      Files.move(draft, memory, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException fault) {
      throw new IllegalStateException("What is remembered could not be saved: the head is not used.", fault);
    }
  }

  private static byte[] get(String url, int limit) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
    try {
      var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        byte[] bytes = body.readNBytes(limit + 1);
        if (answer.statusCode() != 200 || bytes.length > limit) throw new IOException(url + " answered " + answer.statusCode() + ", or too much");
        return bytes;
      }
    } catch (InterruptedException fault) {
      throw new IOException(fault);
    }
  }

  /** Every vector of docs/vectors: prints part, name and verdict, with tabs between them. */
  private static void runVectors(Path file) throws IOException {
    Map<?, ?> index = object(Files.readAllBytes(file));
    for (Object each : list(index, "heads")) {
      Map<?, ?> vector = (Map<?, ?>) each;
      System.out.println("heads\t" + vector.get("name") + "\t" + verdictOf(() -> take(file, index, vector), "ok"));
    }
    for (Object each : list(index, "lookups")) {
      Map<?, ?> vector = (Map<?, ?>) each;
      Map<?, ?> asked = (Map<?, ?>) vector.get("question");
      Object jkt = asked.containsKey("jkt") && asked.get("jkt") == null ? WITHOUT_KEY : asked.get("jkt");
      Question question = new Question((String) asked.get("client_id"), (String) asked.get("redirect_uri"), (String) asked.get("token_endpoint_auth_method"),
          (String) jkt, (String) asked.get("grant_type"), (List<?>) asked.get("resource"), (String) asked.get("scope"));
      Function<String, byte[]> readObject = name -> list(vector, "objects").stream()
          .map(folder -> file.resolveSibling((String) folder).resolve(name)).filter(Files::exists).findFirst().map(Allowlist::bytes).orElse(null);
      System.out.println("lookups\t" + vector.get("name") + "\t"
          + verdictOf(() -> decide(take(file, index, vector), question, readObject, whole(vector, vector.containsKey("asked_at") ? "asked_at" : "now")), "allow"));
    }
  }

  private static Map<?, ?> take(Path file, Map<?, ?> index, Map<?, ?> vector) {
    String jws = new String(bytes(file.resolveSibling((String) vector.get("head"))), ISO_8859_1);
    Map<?, ?> jwks = object(bytes(file.resolveSibling((String) vector.get("jwks"))));
    long minSeq = vector.containsKey("min_seq") ? whole(vector, "min_seq") : 1;
    Source source = new Source((String) index.get("issuer"), (String) index.get("head_url"), minSeq);
    return verifyHead(jws, jwks, source, Memory.read(vector.get("remembered")), whole(vector, "now"));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException fault) {
      throw new IllegalStateException(fault);
    }
  }

  private static String verdictOf(Runnable work, String good) {
    try {
      work.run();
      return good;
    } catch (Refused refused) {
      return refused.getMessage();
    }
  }
}

/** JSON (RFC 8259), which the JDK does not read: maps, lists, strings, Long, Double, Boolean and null. */
final class Json {
  private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  static Object read(byte[] data) throws CharacterCodingException {
    Json json = new Json(UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString());
    Object value = json.value();
    json.space();
    if (json.at != json.text.length()) throw new IllegalArgumentException("more than one value");
    return value;
  }

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char each : text.toCharArray())
      quoted.append(each < ' ' || each == '"' || each == '\\' ? "\\u%04x".formatted((int) each) : each);
    return quoted.append('"').toString();
  }

  private Object value() {
    space();
    if (take("{")) return members();
    if (take("[")) return items();
    if (take("\"")) return string();
    if (take("true")) return true;
    if (take("false")) return false;
    if (take("null")) return null;
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) throw new IllegalArgumentException("no value at " + at);
    at = number.end();
    // Numbers are doubles: 482.0 is whole, and 2^53 is too large.
    double value = Double.parseDouble(number.group());
    boolean isWhole = value == Math.rint(value) && Math.abs(value) <= Allowlist.SAFE;
    return isWhole ? (Object) (long) value : (Object) value;
  }

  private Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    space();
    if (take("}")) return members;
    do {
      space();
      expect("\"");
      String name = string();
      space();
      expect(":");
      members.put(name, value());
      space();
    } while (take(","));
    expect("}");
    return members;
  }

  private List<Object> items() {
    List<Object> items = new ArrayList<>();
    space();
    if (take("]")) return items;
    do {
      items.add(value());
      space();
    } while (take(","));
    expect("]");
    return items;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    while (!take("\"")) {
      char next = next();
      if (next < ' ') throw new IllegalArgumentException("a control character at " + at);
      string.append(next == '\\' ? escaped() : next);
    }
    return string.toString();
  }

  private char escaped() {
    char next = next();
    if (next == 'u') {
      String digits = text.substring(at, Math.min(at + 4, text.length()));
      if (!digits.matches("[0-9a-fA-F]{4}")) throw new IllegalArgumentException("no escape at " + at);
      at += 4;
      return (char) Integer.parseInt(digits, 16);
    }
    int known = "\"\\/bfnrt".indexOf(next);
    if (known < 0) throw new IllegalArgumentException("no escape at " + at);
    return "\"\\/\b\f\n\r\t".charAt(known);
  }

  private char next() {
    if (at >= text.length()) throw new IllegalArgumentException("the end, too soon");
    return text.charAt(at++);
  }

  private boolean take(String token) {
    if (!text.startsWith(token, at)) return false;
    at += token.length();
    return true;
  }

  private void expect(String token) {
    if (!take(token)) throw new IllegalArgumentException(token + " expected at " + at);
  }

  private void space() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) at++;
  }
}
