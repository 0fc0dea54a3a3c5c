package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	args := os.Args[1:]
	switch {
	case len(args) == 2 && args[0] == "vectors":
		must(runVectors(args[1]))
	case (len(args) == 4 || len(args) == 5) && args[0] == "ask":
		question := Question{ClientID: args[3]}
		if len(args) == 5 {
			question.RedirectURI = &args[4]
		}
		must(askOnline(args[1], args[2], question))
	default:
		fmt.Fprintln(os.Stderr, "usage: ask <head url> <memory file> <client_id> [redirect_uri] | vectors <vectors.json>")
		os.Exit(2)
	}
}

// askOnline answers one question, with the network: prints allow, or deny and why.
func askOnline(headURL, memoryFile string, question Question) error {
	now := time.Now().Unix()
	issuer, _, found := strings.Cut(headURL, "/v1/lists/")
	if !found {
		return fmt.Errorf("%s is not the URL of a head", headURL)
	}
	var remembered *Memory
	if kept, err := os.ReadFile(memoryFile); err == nil {
		if err := json.Unmarshal(kept, &remembered); err != nil {
			return err
		}
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	jws, err := get(headURL, 65_536)
	if err != nil {
		return err
	}
	jwks, err := get(issuer+"/.well-known/jwks.json", 65_536)
	if err != nil {
		return err
	}
	source := Source{Issuer: issuer, HeadURL: headURL, MinSeq: 1}
	head, err := VerifyHead(strings.TrimSpace(string(jws)), jwks, source, remembered, now)
	if err == nil {
		if err := remember(memoryFile, head.Memory); err != nil {
			return err
		}
		readObject := func(name string) []byte {
			body, err := get(strings.TrimSuffix(headURL, "head")+"objects/"+name, 1_048_576)
			if err != nil {
				return nil
			}
			return body
		}
		err = Decide(head, question, readObject, now)
	}
	verdict, err := verdictOf(err, "allow")
	if err == nil && verdict != "allow" {
		verdict = "deny " + verdict
	}
	fmt.Println(verdict)
	return err
}

// remember writes a whole file, on the disk, in the place of the old one.
func remember(path string, memory Memory) error {
	kept, err := json.Marshal(memory)
	if err != nil {
		return err
	}
	file, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	_, failed := file.Write(kept)
	for _, err := range []error{failed, file.Sync(), file.Close()} {
		if err != nil {
			return err
		}
	}
	return os.Rename(path+".new", path)
}

func get(url string, limit int64) ([]byte, error) {
	client := http.Client{
		Timeout:       10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	answer, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, limit+1))
	if err == nil && (answer.StatusCode != http.StatusOK || int64(len(body)) > limit) {
		err = fmt.Errorf("%s answered %d, or too much", url, answer.StatusCode)
	}
	return body, err
}

type vector struct {
	Name       string   `json:"name"`
	Head       string   `json:"head"`
	JWKS       string   `json:"jwks"`
	Now        int64    `json:"now"`
	AskedAt    int64    `json:"asked_at"`
	Remembered *Memory  `json:"remembered"`
	MinSeq     int64    `json:"min_seq"`
	Objects    []string `json:"objects"`
	Question   struct {
		ClientID    string          `json:"client_id"`
		RedirectURI *string         `json:"redirect_uri"`
		Method      *string         `json:"token_endpoint_auth_method"`
		JKT         json.RawMessage `json:"jkt"`
		GrantType   *string         `json:"grant_type"`
		Resource    []string        `json:"resource"`
		Scope       string          `json:"scope"`
	} `json:"question"`
}

// asked tells a jkt that is null from one that is absent.
func (each vector) asked() Question {
	asked := each.Question
	question := Question{ClientID: asked.ClientID, RedirectURI: asked.RedirectURI, Method: asked.Method,
		GrantType: asked.GrantType, Scope: asked.Scope, Resources: asked.Resource}
	if string(asked.JKT) == "null" {
		jkt := WithoutKey
		question.JKT = &jkt
	} else {
		_ = json.Unmarshal(asked.JKT, &question.JKT)
	}
	return question
}

// runVectors prints part, name and verdict of every vector of docs/vectors, with tabs between them.
func runVectors(path string) error {
	folder := filepath.Dir(path)
	var index struct {
		Issuer  string   `json:"issuer"`
		HeadURL string   `json:"head_url"`
		Heads   []vector `json:"heads"`
		Lookups []vector `json:"lookups"`
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &index); err != nil {
		return err
	}
	take := func(each vector) (*Head, error) {
		jws, err := os.ReadFile(filepath.Join(folder, each.Head))
		if err != nil {
			return nil, err
		}
		jwks, err := os.ReadFile(filepath.Join(folder, each.JWKS))
		if err != nil {
			return nil, err
		}
		source := Source{Issuer: index.Issuer, HeadURL: index.HeadURL, MinSeq: each.MinSeq}
		return VerifyHead(string(jws), jwks, source, each.Remembered, each.Now)
	}
	for _, each := range index.Heads {
		_, err := take(each)
		if err := say("heads", each.Name, "ok", err); err != nil {
			return err
		}
	}
	for _, each := range index.Lookups {
		readObject := func(name string) []byte {
			for _, objects := range each.Objects {
				if body, err := os.ReadFile(filepath.Join(folder, objects, name)); err == nil {
					return body
				}
			}
			return nil
		}
		at := each.Now
		if each.AskedAt > 0 {
			at = each.AskedAt
		}
		head, err := take(each)
		if err == nil {
			err = Decide(head, each.asked(), readObject, at)
		}
		if err := say("lookups", each.Name, "allow", err); err != nil {
			return err
		}
	}
	return nil
}

func say(part, name, good string, err error) error {
	verdict, err := verdictOf(err, good)
	fmt.Printf("%s\t%s\t%s\n", part, name, verdict)
	return err
}

func verdictOf(err error, good string) (string, error) {
	var refused Refused
	if errors.As(err, &refused) {
		return string(refused), nil
	}
	return good, err
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
