/*
 * What a DTLS-SRTP handshake costs in OpenSSL itself: both ends in one thread over memory BIOs, with the
 * versions, ciphers, groups, certificate and SRTP profiles of Farspan, keys exported and certificate digests taken.
 *
 *   dtls_peer <pairs>      prints "<CPU us a pair>"
 */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/srtp.h>
#include <openssl/x509.h>
#include <string.h>

#include "clock.h"

enum { ROOM = 16384, DATAGRAM = 1200 };

static const char ciphers[] = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
                              "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
                              "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";

static int accept_any(int preverified, X509_STORE_CTX *store) {
    (void)preverified;
    (void)store;
    return 1;
}

static void use_certificate(SSL_CTX *context) {
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -86400);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 365 * 86400);
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"peer", -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_set_pubkey(certificate, key);
    require(X509_sign(certificate, key, EVP_sha256()) > 0, "X509_sign");
    require(SSL_CTX_use_certificate(context, certificate) == 1, "certificate");
    require(SSL_CTX_use_PrivateKey(context, key) == 1, "key");
    X509_free(certificate);
    EVP_PKEY_free(key);
}

static SSL_CTX *open_context(void) {
    SSL_CTX *context = SSL_CTX_new(DTLS_method());
    SSL_CTX_set_options(context, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION
                                     | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(context, DTLS1_2_VERSION);
    require(SSL_CTX_set1_groups_list(context, "X25519:P-256") == 1, "groups");
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    require(SSL_CTX_set_cipher_list(context, ciphers) == 1, "ciphers");
    require(SSL_CTX_set_tlsext_use_srtp(context, "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80") == 0, "use_srtp");
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, accept_any);
    use_certificate(context);
    return context;
}

static SSL *open_session(SSL_CTX *context) {
    SSL *ssl = SSL_new(context);
    BIO *in = BIO_new(BIO_s_mem()), *out = BIO_new(BIO_s_mem());
    BIO_set_mem_eof_return(in, -1);
    BIO_set_mem_eof_return(out, -1);
    SSL_set_bio(ssl, in, out);
    DTLS_set_link_mtu(ssl, DATAGRAM);
    return ssl;
}

/* Carries a flight over: all records at once, as one large datagram. */
static int carry(SSL *from, SSL *to) {
    static unsigned char flight[ROOM];
    int length = BIO_read(SSL_get_wbio(from), flight, sizeof flight);
    if (length <= 0) {
        return 0;
    }
    require(BIO_write(SSL_get_rbio(to), flight, length) == length, "BIO_write");
    return 1;
}

static void finish(SSL *ssl) {
    unsigned char keys[60], digest[EVP_MAX_MD_SIZE];
    unsigned int length;
    require(SSL_export_keying_material(ssl, keys, sizeof keys, "EXTRACTOR-dtls_srtp", 19, NULL, 0, 0) == 1, "export");
    X509 *certificate = SSL_get1_peer_certificate(ssl);
    require(certificate != NULL && X509_digest(certificate, EVP_sha256(), digest, &length) == 1, "digest");
    require(SSL_get_selected_srtp_profile(ssl) != NULL, "profile");
    X509_free(certificate);
}

static void shake_hands(SSL_CTX *clients, SSL_CTX *servers) {
    SSL *client = open_session(clients), *server = open_session(servers);
    SSL_set_connect_state(client);
    SSL_set_accept_state(server);
    for (int steps = 0; !SSL_is_init_finished(client) || !SSL_is_init_finished(server); steps++) {
        require(steps < 20, "handshake");
        SSL_do_handshake(client);
        carry(client, server);
        SSL_do_handshake(server);
        carry(server, client);
    }
    finish(client);
    finish(server);
    SSL_free(client);
    SSL_free(server);
}

int main(int argc, char **argv) {
    require(argc == 2 && atoi(argv[1]) > 0, "dtls_peer pairs");
    int pairs = atoi(argv[1]);
    SSL_CTX *clients = open_context(), *servers = open_context();
    for (int i = 0; i < 20; i++) {
        shake_hands(clients, servers);
    }
    int64_t start = cpu_ns();
    for (int i = 0; i < pairs; i++) {
        shake_hands(clients, servers);
    }
    printf("%.2f\n", (double)(cpu_ns() - start) / 1e3 / pairs);
    SSL_CTX_free(clients);
    SSL_CTX_free(servers);
    return 0;
}
