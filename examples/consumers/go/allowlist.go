// A consumer of the allowlist in Go with its standard library alone. See docs/servers/any-language.md.
package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
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
	Epoch  int64       `json:"epoch"`
	Seq    int64       `json:"seq"`
	Rev    int64       `json:"rev"`
	Root   string      `json:"root"`
	Digest string      `json:"digest"`
	Log    *Checkpoint `json:"log,omitempty"`
}

// Checkpoint says how long the publisher's log was.
type Checkpoint struct {
	Origin string `json:"origin"`
	Size   int64  `json:"size"`
	Root   string `json:"root"`
}

// WithoutKey stands in Question.JKT when the client authenticated, and used no key.
const WithoutKey = "none"

// Question holds values exactly as received; what is nil was not part of the request. What is empty was.
type Question struct {
	ClientID                            string
	RedirectURI, Method, JKT, GrantType *string
	Resources                           []string
	Scope                               string
}

// Head is a head whose signature and claims were verified.
type Head struct {
	Memory
	IssuedAt, Expires int64
	Deny              []map[string]any
}

const safe = 1<<53 - 1

var (
	known    = words("iss sub iat exp v epoch seq rev prev ttl root count deny keys_version log crit")
	strict   = base64.RawURLEncoding.Strict()
	hash     = regexp.MustCompile(`^[0-9a-f]{64}$`)
	host     = regexp.MustCompile(`(?i)^https?://(?:[^/?#@\\]*@)?(\[[^\]/?#\\]*\]|[^/?#:\\]*)(:[0-9]*)?(?:[/?#\\]|$)`)
	loopback = regexp.MustCompile(`^http://(127\.0\.0\.1|\[::1\]|localhost)(?::([1-9][0-9]{0,4}))?((?:/[^?#]*)?(?:\?[^#]*)?)$`)
)

// VerifyHead does steps 2 to 6 of docs/allowlist.md §5. remembered may be nil; now is in seconds.
// Remember the head durably before it is used.
func VerifyHead(jws string, jwks []byte, source Source, remembered *Memory, now int64) (*Head, error) {
	parts := strings.Split(jws, ".")
	if len(parts) != 3 {
		return nil, Refused("malformed")
	}
	var decoded [3][]byte
	for n, part := range parts {
		bytes, err := strict.DecodeString(part)
		if err != nil || strings.ContainsAny(part, "\r\n") { // Which it would skip.
			return nil, Refused("malformed")
		}
		decoded[n] = bytes
	}
	header := parseObject(decoded[0])
	if header == nil {
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
	if !verifies(key, parts[0]+"."+parts[1], decoded[2]) {
		return nil, Refused("bad_signature")
	}
	claims := parseObject(decoded[1])
	if claims == nil {
		return nil, Refused("malformed")
	}
	head, err := readClaims(claims, source, now)
	if err != nil {
		return nil, err
	}
	head.Digest = digest([]byte(jws))
	if err := compare(head, claims, source, remembered); err != nil {
		return nil, err
	}
	if head.Log == nil && remembered != nil {
		head.Log = remembered.Log
	}
	return head, nil
}

// keyOf gives the key of this kid if it verifies ES256 and its kid is its thumbprint (RFC 7638).
func keyOf(jwks []byte, kid string) *ecdsa.PublicKey {
	keys, _ := parseObject(jwks)["keys"].([]any)
	for _, each := range keys {
		jwk, _ := each.(map[string]any)
		if jwk["kid"] != kid || jwk["kty"] != "EC" || jwk["crv"] != "P-256" || !isOr(jwk, "alg", "ES256") || !isOr(jwk, "use", "sig") {
			continue
		}
		x, isText := coordinate(jwk["x"])
		y, alsoText := coordinate(jwk["y"])
		form := fmt.Sprintf(`{"crv":"P-256","kty":"EC","x":"%s","y":"%s"}`, jwk["x"], jwk["y"])
		thumbprint := sha256.Sum256([]byte(form))
		isNamed := base64.RawURLEncoding.EncodeToString(thumbprint[:]) == kid
		// Asked before anything else: the curve panics over a point that is not on it.
		if isText && alsoText && isNamed && elliptic.P256().IsOnCurve(x, y) {
			return &ecdsa.PublicKey{Curve: elliptic.P256(), X: x, Y: y}
		}
	}
	return nil
}

func coordinate(value any) (*big.Int, bool) {
	text, _ := value.(string)
	bytes, err := strict.DecodeString(text)
	return new(big.Int).SetBytes(bytes), err == nil && len(bytes) == 32
}

// verifies: JOSE writes r and s one after the other.
func verifies(key *ecdsa.PublicKey, input string, signature []byte) bool {
	if len(signature) != 64 {
		return false
	}
	sum := sha256.Sum256([]byte(input))
	r, s := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])
	return ecdsa.Verify(key, sum[:], r, s)
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
			if !contains(known, name) {
				return nil, Refused("unknown_critical_claim")
			}
		}
	}
	numbers := map[string]int64{}
	for _, name := range words("iat exp count epoch seq rev ttl") {
		number, fits := whole(claims[name])
		atLeastOne := name != "iat" && name != "exp" && name != "count"
		if !fits || (atLeastOne && number < 1) {
			return nil, Refused("malformed")
		}
		numbers[name] = number
	}
	root, _ := claims["root"].(string)
	version, fits := whole(claims["keys_version"])
	log, isLog := checkpoint(claims["log"])
	denies, isList := claims["deny"].([]any)
	if !hash.MatchString(root) || !isHashOrAbsent(claims, "prev") || !isHashOrAbsent(claims, "ns") ||
		(has(claims, "keys_version") && (!fits || version < 1)) || (has(claims, "log") && !isLog) ||
		!isText(claims["iss"]) || !isText(claims["sub"]) || !isList || len(denies) > 200 {
		return nil, Refused("malformed")
	}
	head := &Head{IssuedAt: numbers["iat"], Expires: numbers["exp"]}
	head.Memory = Memory{Epoch: numbers["epoch"], Seq: numbers["seq"], Rev: numbers["rev"], Root: root, Log: log}
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

func checkpoint(value any) (*Checkpoint, bool) {
	log, _ := value.(map[string]any)
	size, fits := whole(log["size"])
	origin, isOrigin := log["origin"].(string)
	root, _ := log["root"].(string)
	if !fits || size < 0 || !isOrigin || !hash.MatchString(root) {
		return nil, false
	}
	return &Checkpoint{Origin: origin, Size: size, Root: root}, true
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
	if !sameEpoch || head.Digest == remembered.Digest {
		return nil
	}
	prev, hasPrev := claims["prev"]
	switch {
	case head.Seq < remembered.Seq:
		return Refused("rollback")
	case head.Seq == remembered.Seq,
		head.Rev == remembered.Rev && head.Root != remembered.Root,
		head.Seq == remembered.Seq+1 && hasPrev && prev != remembered.Digest:
		return Refused("equivocation")
	}
	log, before := head.Log, remembered.Log
	switch {
	case log == nil || before == nil || log.Origin != before.Origin:
		return nil
	case log.Size < before.Size:
		return Refused("log_rollback")
	case log.Size == before.Size && log.Root != before.Root:
		return Refused("log_split")
	}
	return nil
}

// Decide gives nil when the client is allowed (steps 8 to 10, without the document and namespaces).
// readObject gives the bytes of an object by its name, or nil.
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
	left := len(jkts)
	for _, jkt := range jkts {
		for _, deny := range head.Deny {
			if deny["jkt"] == jkt {
				left--
				break
			}
		}
	}
	if len(jkts) > 0 && left == 0 {
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
	return ask(entry, jkts, question)
}

// ask compares what was asked with what an entry approves.
func ask(entry map[string]any, jkts []string, question Question) error {
	if question.RedirectURI != nil && !redirectsToOne(entry, *question.RedirectURI) {
		return Refused("redirect_not_approved")
	}
	if question.Method != nil && entry["token_endpoint_auth_method"] != *question.Method {
		return Refused("auth_method_mismatch")
	}
	needsKey := question.JKT != nil && *question.JKT == WithoutKey && entry["token_endpoint_auth_method"] == "private_key_jwt"
	if needsKey || (question.JKT != nil && len(jkts) > 0 && !contains(jkts, *question.JKT)) {
		return Refused("key_not_approved")
	}
	if types, _ := texts(entry["grant_types"]); question.GrantType != nil && !contains(types, *question.GrantType) {
		return Refused("grant_type_not_approved")
	}
	approved := map[string]bool{}
	scopes := map[string]bool{}
	grants, _ := entry["grants"].([]any)
	for _, each := range grants {
		grant := each.(map[string]any)
		resource := grant["resource"].(string)
		approved[resource] = true
		if question.Resources != nil && !contains(question.Resources, resource) {
			continue
		}
		names, _ := texts(grant["scopes"])
		for _, name := range names {
			scopes[name] = true
		}
	}
	for _, resource := range question.Resources {
		if !approved[resource] {
			return Refused("resource_not_approved")
		}
	}
	for _, scope := range strings.Split(question.Scope, " ") {
		if scope != "" && !scopes[scope] {
			return Refused("scope_not_approved")
		}
	}
	return nil
}

// readable: a deny that names neither a client nor a host nor a key would not be applied.
func readable(deny map[string]any) bool {
	named := 0
	for _, name := range words("client_id host jkt") {
		if has(deny, name) {
			if !isText(deny[name]) {
				return false
			}
			named++
		}
	}
	return named > 0
}

func denies(deny map[string]any, question Question) bool {
	if deny["client_id"] == question.ClientID || (question.JKT != nil && deny["jkt"] == *question.JKT) {
		return true
	}
	denied, isText := deny["host"].(string)
	url := host.FindStringSubmatch(question.ClientID)
	if !isText || url == nil {
		return false
	}
	denied = plain(denied)
	return denied == plain(url[1]) || denied == plain(url[1]+url[2])
}

var lastDot = regexp.MustCompile(`\.(:[0-9]+)?$`)

// plain: a host in lower case, without the dot that may stand at its end.
func plain(host string) string { return lastDot.ReplaceAllString(strings.ToLower(host), "$1") }

// find gives the client's entry, from the object to which the digits of its hash lead.
func find(root, clientID string, readObject func(string) []byte) (any, error) {
	path := digest([]byte(clientID))
	name := root
	for depth := 0; depth <= 16; depth++ {
		body := readObject(name)
		if body == nil || len(body) > 1_048_576 || digest(body) != name {
			return nil, Refused("unavailable")
		}
		node := parseObject(body)
		version, fits := whole(node["v"])
		entries, isLeaf := node["entries"].(map[string]any)
		children, isBranch := node["children"].(map[string]any)
		if !fits || version != 1 || has(node, "entries") == has(node, "children") || isLeaf == isBranch {
			return nil, Refused("unavailable")
		}
		if isLeaf {
			if entry, listed := entries[clientID]; listed {
				return entry, nil
			}
			return nil, Refused("not_listed")
		}
		for digit := range children {
			if len(digit) != 1 || !strings.Contains("0123456789abcdef", digit) || !isHashOrAbsent(children, digit) {
				return nil, Refused("unavailable")
			}
		}
		child, there := children[path[depth:depth+1]]
		if !there {
			return nil, Refused("not_listed")
		}
		name = child.(string)
	}
	return nil, Refused("unavailable")
}

// understood: what is not understood is a deny; unknown members aside, nothing is guessed.
func understood(entry map[string]any) bool {
	areTexts := func(value any) bool { _, are := texts(value); return are }
	isNumber := func(value any) bool { _, is := number(value); return is }
	if entry["status"] != "allow" && entry["status"] != "deny" {
		return false
	}
	for _, member := range []struct {
		name string
		fits func(any) bool
	}{
		{"redirect_uris", func(value any) bool {
			return all(value, func(redirect map[string]any) bool {
				return isText(redirect["uri"]) && (redirect["match"] == "exact" || redirect["match"] == "loopback_any_port")
			})
		}},
		{"grants", func(value any) bool {
			return all(value, func(grant map[string]any) bool { return isText(grant["resource"]) && areTexts(grant["scopes"]) })
		}},
		{"token_endpoint_auth_method", isText},
		{"jkts", areTexts},
		{"grant_types", areTexts},
		{"doc_sha256", areTexts},
		{"on_doc_mismatch", func(value any) bool { return value == "use_entry" || value == "deny" }},
		{"exp", isNumber},
		{"max_stale", isNumber},
		{"reason", isText},
		{"ref", isText},
		{"self_approved", func(value any) bool { return value == true }},
	} {
		if has(entry, member.name) && !member.fits(entry[member.name]) {
			return false
		}
	}
	return true
}

// all: a list of objects each of which fits.
func all(value any, fits func(map[string]any) bool) bool {
	list, isList := value.([]any)
	for _, each := range list {
		object, isObject := each.(map[string]any)
		if !isObject || !fits(object) {
			return false
		}
	}
	return isList
}

func redirectsToOne(entry map[string]any, requested string) bool {
	approved, _ := entry["redirect_uris"].([]any)
	for _, each := range approved {
		if redirects(each.(map[string]any), requested) {
			return true
		}
	}
	return false
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

// whole: numbers are doubles, so 482.0 is whole and 2^53 is too large.
func whole(value any) (int64, bool) {
	n, isNumber := number(value)
	return int64(n), isNumber && n == math.Trunc(n) && math.Abs(n) <= safe
}

func number(value any) (float64, bool) {
	text, isNumber := value.(json.Number)
	n, err := strconv.ParseFloat(text.String(), 64)
	return n, isNumber && (err == nil || errors.Is(err, strconv.ErrRange))
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

func isText(value any) bool { _, is := value.(string); return is }

func has(object map[string]any, name string) bool { _, there := object[name]; return there }

func isOr(object map[string]any, name, wanted string) bool {
	return !has(object, name) || object[name] == wanted
}

func isHashOrAbsent(object map[string]any, name string) bool {
	text, _ := object[name].(string)
	return !has(object, name) || hash.MatchString(text)
}

func contains(list []string, wanted string) bool {
	for _, each := range list {
		if each == wanted {
			return true
		}
	}
	return false
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func words(text string) []string { return strings.Fields(text) }
