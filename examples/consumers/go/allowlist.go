// A consumer of the allowlist in Go with go-jose. See docs/servers/any-language.md.
package main

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-jose/go-jose/v4"
)

// Refused says why a head is not taken, or a client is not let in.
type Refused string

func (code Refused) Error() string { return string(code) }

// Source names a list. MinSeq is that of the enrolment string, or 1.
type Source struct {
	Issuer, HeadURL string
	MinSeq          int64
}

// Memory must survive a restart before a head is used (step 7).
type Memory struct {
	Epoch  int64  `json:"epoch"`
	Seq    int64  `json:"seq"`
	Rev    int64  `json:"rev"`
	Root   string `json:"root"`
	Digest string `json:"digest"`
}

// Question holds values exactly as received; what is empty was not part of the request.
type Question struct {
	ClientID    string `json:"client_id"`
	RedirectURI string `json:"redirect_uri"`
	JKT         string `json:"jkt"`
}

// Head is a head whose signature and claims were verified.
type Head struct {
	Memory
	IssuedAt, Expires int64
	Deny              []map[string]any
}

const safe = 1<<53 - 1

var (
	known    = strings.Fields("iss sub iat exp v epoch seq rev prev ttl root count deny keys_version log crit")
	hash     = regexp.MustCompile(`^[0-9a-f]{64}$`)
	loopback = regexp.MustCompile(`^http://(127\.0\.0\.1|\[::1\]|localhost)(?::([1-9][0-9]{0,4}))?((?:/[^?#]*)?(?:\?[^#]*)?)$`)
)

// VerifyHead does steps 2 to 6 of docs/allowlist.md §5. remembered may be nil; now is in seconds.
// Remember the head durably before it is used.
func VerifyHead(jws string, jwks []byte, source Source, remembered *Memory, now int64) (*Head, error) {
	parts := strings.Split(jws, ".")
	if len(parts) != 3 {
		return nil, Refused("malformed")
	}
	decoded, err := base64.RawURLEncoding.DecodeString(parts[0])
	header := parseObject(decoded)
	if err != nil || header == nil {
		return nil, Refused("malformed")
	}
	for name := range header {
		if name != "alg" && name != "kid" && name != "typ" {
			return nil, Refused("header_not_allowed")
		}
	}
	if header["alg"] != "ES256" {
		return nil, Refused("alg_not_allowed")
	}
	if header["typ"] != "cimd-allowlist+jwt" {
		return nil, Refused("wrong_typ")
	}
	kid, isText := header["kid"].(string)
	if !isText {
		return nil, Refused("malformed")
	}
	key := keyOf(jwks, kid)
	if key == nil {
		return nil, Refused("unknown_key")
	}
	signed, err := jose.ParseSigned(jws, []jose.SignatureAlgorithm{jose.ES256})
	if err != nil {
		return nil, Refused("bad_signature")
	}
	payload, err := signed.Verify(key)
	if err != nil {
		return nil, Refused("bad_signature")
	}
	claims := parseObject(payload)
	if claims == nil {
		return nil, Refused("malformed")
	}
	head, err := readClaims(claims, source, now)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(jws))
	head.Digest = hex.EncodeToString(sum[:])
	return head, compare(head, claims, source, remembered)
}

// keyOf gives the key of this kid if it verifies ES256 and its kid is its thumbprint (RFC 7638).
func keyOf(jwks []byte, kid string) *ecdsa.PublicKey {
	keys, _ := parseObject(jwks)["keys"].([]any)
	for _, each := range keys {
		member, isObject := each.(map[string]any)
		if !isObject || member["kid"] != kid {
			continue
		}
		raw, err := json.Marshal(member)
		var jwk jose.JSONWebKey
		if err != nil || jwk.UnmarshalJSON(raw) != nil {
			return nil
		}
		thumbprint, err := jwk.Thumbprint(crypto.SHA256)
		if err != nil || base64.RawURLEncoding.EncodeToString(thumbprint) != kid {
			return nil
		}
		public, isEC := jwk.Key.(*ecdsa.PublicKey)
		usable := isEC && public.Curve == elliptic.P256()
		usable = usable && (jwk.Algorithm == "" || jwk.Algorithm == "ES256") && (jwk.Use == "" || jwk.Use == "sig")
		if !usable {
			return nil
		}
		return public
	}
	return nil
}

func readClaims(claims map[string]any, source Source, now int64) (*Head, error) {
	if version, fits := whole(claims["v"]); !fits || version != 1 {
		return nil, Refused("unknown_version")
	}
	if crit, given := claims["crit"]; given {
		names, areTexts := texts(crit)
		if !areTexts {
			return nil, Refused("malformed")
		}
		for _, name := range names {
			if !slices.Contains(known, name) {
				return nil, Refused("unknown_critical_claim")
			}
		}
	}
	numbers := map[string]int64{}
	for _, name := range []string{"iat", "exp", "count", "epoch", "seq", "rev", "ttl"} {
		number, fits := whole(claims[name])
		atLeastOne := name != "iat" && name != "exp" && name != "count"
		if !fits || (atLeastOne && number < 1) {
			return nil, Refused("malformed")
		}
		numbers[name] = number
	}
	root, _ := claims["root"].(string)
	prev, hasPrev := claims["prev"]
	prevText, _ := prev.(string)
	if !hash.MatchString(root) || (hasPrev && !hash.MatchString(prevText)) {
		return nil, Refused("malformed")
	}
	denies, isList := claims["deny"].([]any)
	if !isList || len(denies) > 200 {
		return nil, Refused("malformed")
	}
	head := &Head{IssuedAt: numbers["iat"], Expires: numbers["exp"]}
	head.Memory = Memory{Epoch: numbers["epoch"], Seq: numbers["seq"], Rev: numbers["rev"], Root: root}
	for _, each := range denies {
		deny, isObject := each.(map[string]any)
		if !isObject || !readable(deny) {
			return nil, Refused("malformed")
		}
		head.Deny = append(head.Deny, deny)
	}
	switch {
	case claims["iss"] != source.Issuer:
		return nil, Refused("wrong_iss")
	case claims["sub"] != source.HeadURL:
		return nil, Refused("wrong_sub")
	case head.Expires <= now-60:
		return nil, Refused("expired")
	case head.IssuedAt >= now+60:
		return nil, Refused("issued_in_future")
	case head.Expires-head.IssuedAt > 7*86_400:
		return nil, Refused("lives_too_long")
	}
	return head, nil
}

func compare(head *Head, claims map[string]any, source Source, remembered *Memory) error {
	sameEpoch := remembered == nil || head.Epoch == remembered.Epoch
	if sameEpoch && head.Seq < source.MinSeq {
		return Refused("rollback")
	}
	if remembered == nil {
		return nil
	}
	if head.Epoch < remembered.Epoch {
		return Refused("rollback")
	}
	if !sameEpoch {
		return nil
	}
	prev, hasPrev := claims["prev"]
	switch {
	case head.Seq < remembered.Seq:
		return Refused("rollback")
	case head.Seq == remembered.Seq && head.Digest != remembered.Digest,
		head.Rev == remembered.Rev && head.Root != remembered.Root,
		head.Seq == remembered.Seq+1 && hasPrev && prev != remembered.Digest:
		return Refused("equivocation")
	}
	return nil
}

// Decide gives nil when the client is allowed (steps 8 to 10, without the document, grants and
// namespaces). readObject gives the bytes of an object by its name, or nil.
func Decide(head *Head, question Question, readObject func(string) []byte, now int64) error {
	if head.Expires <= now-60 {
		return Refused("head_expired")
	}
	for _, deny := range head.Deny {
		if denies(deny, question) {
			return Refused("denied")
		}
	}
	found, err := find(head.Root, question.ClientID, readObject)
	if err != nil {
		return err
	}
	entry, isObject := found.(map[string]any)
	if !isObject || !understood(entry) {
		return Refused("unknown_value")
	}
	jkts, _ := texts(entry["jkts"])
	isDenied := func(jkt string) bool {
		return slices.ContainsFunc(head.Deny, func(deny map[string]any) bool { return deny["jkt"] == jkt })
	}
	if len(jkts) > 0 && !slices.ContainsFunc(jkts, func(jkt string) bool { return !isDenied(jkt) }) {
		return Refused("denied")
	}
	if entry["status"] == "deny" {
		return Refused("entry_denies")
	}
	if exp, given := number(entry["exp"]); given && exp <= float64(now) {
		return Refused("expired")
	}
	if most, given := number(entry["max_stale"]); given && float64(now-head.IssuedAt) > most {
		return Refused("stale")
	}
	if question.RedirectURI != "" {
		approved, _ := entry["redirect_uris"].([]any)
		matches := func(each any) bool { return redirects(each.(map[string]any), question.RedirectURI) }
		if !slices.ContainsFunc(approved, matches) {
			return Refused("redirect_not_approved")
		}
	}
	if question.JKT != "" && len(jkts) > 0 && !slices.Contains(jkts, question.JKT) {
		return Refused("key_not_approved")
	}
	return nil
}

// readable: a deny that names neither a client nor a host nor a key would not be applied.
func readable(deny map[string]any) bool {
	named := 0
	for _, name := range []string{"client_id", "host", "jkt"} {
		value, given := deny[name]
		if _, isText := value.(string); given && !isText {
			return false
		}
		if given {
			named++
		}
	}
	return named > 0
}

func denies(deny map[string]any, question Question) bool {
	if deny["client_id"] == question.ClientID || (question.JKT != "" && deny["jkt"] == question.JKT) {
		return true
	}
	host, isText := deny["host"].(string)
	client, err := url.Parse(question.ClientID)
	if !isText || err != nil {
		return false
	}
	return strings.EqualFold(host, client.Hostname()) || strings.EqualFold(host, client.Host)
}

// find gives the client's entry, from the object to which the digits of its hash lead.
func find(root, clientID string, readObject func(string) []byte) (any, error) {
	sum := sha256.Sum256([]byte(clientID))
	path := hex.EncodeToString(sum[:])
	name := root
	for depth := 0; depth <= 16; depth++ {
		body := readObject(name)
		if got := sha256.Sum256(body); body == nil || len(body) > 1_048_576 || hex.EncodeToString(got[:]) != name {
			return nil, Refused("unavailable")
		}
		node := parseObject(body)
		version, fits := whole(node["v"])
		entries, isLeaf := node["entries"].(map[string]any)
		children, isBranch := node["children"].(map[string]any)
		if !fits || version != 1 || isLeaf == isBranch {
			return nil, Refused("unavailable")
		}
		if isLeaf {
			if entry, listed := entries[clientID]; listed {
				return entry, nil
			}
			return nil, Refused("not_listed")
		}
		child, there := children[path[depth:depth+1]]
		if !there {
			return nil, Refused("not_listed")
		}
		text, isText := child.(string)
		if !isText {
			return nil, Refused("unavailable")
		}
		name = text
	}
	return nil, Refused("unavailable")
}

// understood: what is not understood is a deny; unknown members aside, nothing is guessed.
func understood(entry map[string]any) bool {
	if entry["status"] != "allow" && entry["status"] != "deny" {
		return false
	}
	if value, given := entry["redirect_uris"]; given {
		list, isList := value.([]any)
		if !isList {
			return false
		}
		for _, each := range list {
			redirect, isObject := each.(map[string]any)
			if !isObject || (redirect["match"] != "exact" && redirect["match"] != "loopback_any_port") {
				return false
			}
			if _, isText := redirect["uri"].(string); !isText {
				return false
			}
		}
	}
	if value, given := entry["jkts"]; given {
		if _, areTexts := texts(value); !areTexts {
			return false
		}
	}
	if value, given := entry["on_doc_mismatch"]; given && value != "use_entry" && value != "deny" {
		return false
	}
	for _, name := range []string{"exp", "max_stale"} {
		if value, given := entry[name]; given {
			if _, isNumber := number(value); !isNumber {
				return false
			}
		}
	}
	return true
}

// redirects: the same string, or, for a loopback redirect, the same but for the port (RFC 8252 §7.3).
func redirects(approved map[string]any, requested string) bool {
	uri, _ := approved["uri"].(string)
	if approved["match"] == "exact" {
		return uri == requested
	}
	a, b := loopback.FindStringSubmatch(uri), loopback.FindStringSubmatch(requested)
	if a == nil || b == nil || a[1] != b[1] || a[3] != b[3] {
		return false
	}
	port, err := strconv.Atoi(b[2])
	return b[2] == "" || (err == nil && port <= 65_535)
}

// parseObject gives nil for anything but one JSON object. Maps, because structs ignore the case of names.
func parseObject(data []byte) map[string]any {
	if !utf8.Valid(data) {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var object map[string]any
	if decoder.Decode(&object) != nil {
		return nil
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil
	}
	return object
}

func whole(value any) (int64, bool) {
	text, _ := value.(json.Number)
	n, err := strconv.ParseInt(text.String(), 10, 64)
	return n, err == nil && -safe <= n && n <= safe
}

func number(value any) (float64, bool) {
	text, isNumber := value.(json.Number)
	n, err := text.Float64()
	return n, isNumber && err == nil
}

func texts(value any) ([]string, bool) {
	list, isList := value.([]any)
	all := make([]string, 0, len(list))
	for _, each := range list {
		text, isText := each.(string)
		if !isText {
			return nil, false
		}
		all = append(all, text)
	}
	return all, isList
}
