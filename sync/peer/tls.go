package peer

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"time"

	"ishtirak/sync/change"
)

var errNoKey = errors.New("the other side showed no Ed25519 key: it is not Ishtirak")

// Certificate wraps a replica's key in the self-signed certificate that TLS
// asks for. Nothing in it matters but the key; its dates never end.
func Certificate(key crypto.Signer) (tls.Certificate, error) {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "ishtirak"},
		NotBefore:    time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:     time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("making this laptop's certificate: %w", err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}

// TLSConfig is for both sides: TLS 1.3 alone, a certificate asked of everybody,
// judged later by its key.
func TLSConfig(key crypto.Signer) (*tls.Config, error) {
	certificate, err := Certificate(key)
	if err != nil {
		return nil, err
	}
	return &tls.Config{
		MinVersion:   tls.VersionTLS13,
		Certificates: []tls.Certificate{certificate},
		ClientAuth:   tls.RequireAnyClientCert,
		NextProtos:   []string{"h2", "http/1.1"},
		// Chains and dates say nothing here: the handshake proves that the other
		// side holds its key, and the roster says whose the key is.
		InsecureSkipVerify: true,
		VerifyConnection: func(state tls.ConnectionState) error {
			_, err := peerAuthor(&state)
			return err
		},
	}, nil
}

// Server serves a replica to its peers over the listener's connections. Give
// its TLS by ServeTLS(listener, "", "").
func Server(local Local) (*http.Server, error) { return newServer(local, usual, maxConnections) }

func newServer(local Local, l limits, connections int) (*http.Server, error) {
	config, err := TLSConfig(local.Key())
	if err != nil {
		return nil, err
	}
	entry := &door{most: connections, guests: make(map[net.Conn]*guest)}
	return &http.Server{
		Handler:           newHandler(local, l).routes(),
		TLSConfig:         config,
		ConnContext:       entry.open,
		ConnState:         entry.changed,
		HTTP2:             &http.HTTP2Config{MaxConcurrentStreams: 2 * streamsEach},
		ReadHeaderTimeout: 30 * time.Second,
		IdleTimeout:       5 * time.Minute,
		MaxHeaderBytes:    8 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // every cut link would write a line
	}, nil
}

func keyAuthor(key crypto.Signer) (a change.Author) {
	if public, is := key.Public().(ed25519.PublicKey); is {
		copy(a[:], public)
	}
	return a
}

func peerAuthor(state *tls.ConnectionState) (change.Author, error) {
	if state == nil || len(state.PeerCertificates) == 0 {
		return change.Author{}, errNoKey
	}
	key, is := state.PeerCertificates[0].PublicKey.(ed25519.PublicKey)
	if !is {
		return change.Author{}, errNoKey
	}
	return change.Author(key), nil
}
