/*
 * The C side of the SRTP bench: what the same work costs over OpenSSL's EVP interface and in libsrtp2,
 * and an independent implementation to exchange packets with.
 *
 *   srtp_peer bench <cm|gcm> <evp|libsrtp> <packets>     prints "<protect ns> <unprotect ns>" of CPU time a packet
 *   srtp_peer protect <cm|gcm> < plain > protected       libsrtp2; frames are 16-bit length, bit 15 set for RTCP
 *   srtp_peer unprotect <cm|gcm> < protected > plain     a refused packet comes out with length 0
 */
#include <arpa/inet.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <srtp2/srtp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"

enum { HEADER = 12, PAYLOAD = 160, PLAIN = HEADER + PAYLOAD, ROOM = 4096, CONTROL = 0x8000 };

/* Master key and salt: the bytes 0, 1, 2 ... as in the .NET side. */
static unsigned char master[30];

static void make_packet(unsigned char *packet, uint32_t number) {
    memset(packet, 0, PLAIN);
    packet[0] = 0x80;
    packet[2] = (unsigned char)(number >> 8);
    packet[3] = (unsigned char)number;
    packet[11] = 0x42;
    for (int i = 0; i < PAYLOAD; i++) {
        packet[HEADER + i] = (unsigned char)(i + number);
    }
}

static srtp_t open_libsrtp(int gcm, int inbound) {
    srtp_t session;
    srtp_policy_t policy;
    memset(&policy, 0, sizeof policy);
    if (gcm) {
        srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp);
        srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp);
    } else {
        srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtp);
        srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtcp);
    }
    policy.ssrc.type = inbound ? ssrc_any_inbound : ssrc_any_outbound;
    policy.key = master;
    policy.window_size = 128;
    require(srtp_create(&session, &policy) == srtp_err_status_ok, "srtp_create");
    return session;
}

static void bench_libsrtp(int gcm, long packets) {
    srtp_t out = open_libsrtp(gcm, 0), in = open_libsrtp(gcm, 1);
    enum { BATCH = 1000 };
    static unsigned char batch[BATCH][256];
    static int lengths[BATCH];
    int64_t protect = 0, unprotect = 0;
    uint32_t number = 1;
    for (long done = 0; done < packets; done += BATCH) {
        for (int i = 0; i < BATCH; i++) {
            make_packet(batch[i], number++);
            lengths[i] = PLAIN;
        }
        int64_t start = cpu_ns();
        for (int i = 0; i < BATCH; i++) {
            require(srtp_protect(out, batch[i], &lengths[i]) == 0, "srtp_protect");
        }
        int64_t middle = cpu_ns();
        for (int i = 0; i < BATCH; i++) {
            require(srtp_unprotect(in, batch[i], &lengths[i]) == 0, "srtp_unprotect");
        }
        unprotect += cpu_ns() - middle;
        protect += middle - start;
    }
    printf("%.1f %.1f\n", (double)protect / packets, (double)unprotect / packets);
}

/* Over EVP: the ciphers alone, contexts and keys set up beforehand, no replay list, no header parsing. */
typedef struct {
    EVP_CIPHER_CTX *encrypt, *decrypt;
    EVP_MAC_CTX *mac;
} evp_keys;

static evp_keys open_evp(int gcm) {
    evp_keys k;
    unsigned char key[16] = { 1 }, auth[20] = { 2 };
    const EVP_CIPHER *cipher = gcm ? EVP_aes_128_gcm() : EVP_aes_128_ctr();
    k.encrypt = EVP_CIPHER_CTX_new();
    k.decrypt = EVP_CIPHER_CTX_new();
    require(EVP_EncryptInit_ex(k.encrypt, cipher, NULL, key, NULL), "EVP_EncryptInit_ex");
    require(EVP_DecryptInit_ex(k.decrypt, cipher, NULL, key, NULL), "EVP_DecryptInit_ex");
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    k.mac = EVP_MAC_CTX_new(mac);
    OSSL_PARAM params[] = { OSSL_PARAM_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA1", 0), OSSL_PARAM_END };
    require(EVP_MAC_init(k.mac, auth, sizeof auth, params), "EVP_MAC_init");
    return k;
}

static void evp_mac(evp_keys *k, const unsigned char *packet, unsigned char *tag) {
    static const unsigned char roc[4];
    size_t length;
    EVP_MAC_init(k->mac, NULL, 0, NULL);
    EVP_MAC_update(k->mac, packet, PLAIN);
    EVP_MAC_update(k->mac, roc, 4);
    EVP_MAC_final(k->mac, tag, &length, 20);
}

static void evp_iv(unsigned char *iv, uint32_t number, int offset) {
    memset(iv, 7, 16);
    iv[offset] ^= (unsigned char)(number >> 8);
    iv[offset + 1] ^= (unsigned char)number;
}

static void evp_protect(evp_keys *k, int gcm, unsigned char *packet, uint32_t number) {
    unsigned char iv[16], tag[20];
    int n;
    if (gcm) {
        evp_iv(iv, number, 10);
        EVP_EncryptInit_ex(k->encrypt, NULL, NULL, NULL, iv);
        EVP_EncryptUpdate(k->encrypt, NULL, &n, packet, HEADER);
        EVP_EncryptUpdate(k->encrypt, packet + HEADER, &n, packet + HEADER, PAYLOAD);
        EVP_EncryptFinal_ex(k->encrypt, packet + PLAIN, &n);
        EVP_CIPHER_CTX_ctrl(k->encrypt, EVP_CTRL_AEAD_GET_TAG, 16, packet + PLAIN);
    } else {
        evp_iv(iv, number, 12);
        EVP_EncryptInit_ex(k->encrypt, NULL, NULL, NULL, iv);
        EVP_EncryptUpdate(k->encrypt, packet + HEADER, &n, packet + HEADER, PAYLOAD);
        evp_mac(k, packet, tag);
        memcpy(packet + PLAIN, tag, 10);
    }
}

static int evp_unprotect(evp_keys *k, int gcm, unsigned char *packet, uint32_t number) {
    unsigned char iv[16], tag[20];
    int n;
    if (gcm) {
        evp_iv(iv, number, 10);
        EVP_DecryptInit_ex(k->decrypt, NULL, NULL, NULL, iv);
        EVP_DecryptUpdate(k->decrypt, NULL, &n, packet, HEADER);
        EVP_DecryptUpdate(k->decrypt, packet + HEADER, &n, packet + HEADER, PAYLOAD);
        EVP_CIPHER_CTX_ctrl(k->decrypt, EVP_CTRL_AEAD_SET_TAG, 16, packet + PLAIN);
        return EVP_DecryptFinal_ex(k->decrypt, packet + PLAIN, &n) == 1;
    }
    evp_mac(k, packet, tag);
    if (CRYPTO_memcmp(tag, packet + PLAIN, 10) != 0) {
        return 0;
    }
    evp_iv(iv, number, 12);
    EVP_EncryptInit_ex(k->encrypt, NULL, NULL, NULL, iv);
    return EVP_EncryptUpdate(k->encrypt, packet + HEADER, &n, packet + HEADER, PAYLOAD) == 1;
}

static void bench_evp(int gcm, long packets) {
    evp_keys k = open_evp(gcm);
    enum { BATCH = 1000 };
    static unsigned char batch[BATCH][256];
    int64_t protect = 0, unprotect = 0;
    uint32_t number = 1;
    for (long done = 0; done < packets; done += BATCH, number += BATCH) {
        for (int i = 0; i < BATCH; i++) {
            make_packet(batch[i], number + i);
        }
        int64_t start = cpu_ns();
        for (int i = 0; i < BATCH; i++) {
            evp_protect(&k, gcm, batch[i], number + i);
        }
        int64_t middle = cpu_ns();
        for (int i = 0; i < BATCH; i++) {
            require(evp_unprotect(&k, gcm, batch[i], number + i), "evp_unprotect");
        }
        unprotect += cpu_ns() - middle;
        protect += middle - start;
    }
    printf("%.1f %.1f\n", (double)protect / packets, (double)unprotect / packets);
}

static void convert(int gcm, int inbound) {
    srtp_t session = open_libsrtp(gcm, inbound);
    static unsigned char packet[ROOM];
    unsigned char head[2];
    while (fread(head, 1, 2, stdin) == 2) {
        int word = head[0] << 8 | head[1];
        int control = word & CONTROL, length = word & ~CONTROL;
        require(length < ROOM - 256 && fread(packet, 1, length, stdin) == (size_t)length, "short frame");
        srtp_err_status_t status =
            inbound ? (control ? srtp_unprotect_rtcp(session, packet, &length) : srtp_unprotect(session, packet, &length))
                    : (control ? srtp_protect_rtcp(session, packet, &length) : srtp_protect(session, packet, &length));
        if (status != srtp_err_status_ok) {
            length = 0;
        }
        head[0] = (unsigned char)((length | control) >> 8);
        head[1] = (unsigned char)length;
        fwrite(head, 1, 2, stdout);
        fwrite(packet, 1, length, stdout);
    }
}

int main(int argc, char **argv) {
    require(argc >= 3, "usage: bench|protect|unprotect cm|gcm [evp|libsrtp packets]");
    for (unsigned i = 0; i < sizeof master; i++) {
        master[i] = (unsigned char)i;
    }
    require(srtp_init() == srtp_err_status_ok, "srtp_init");
    int gcm = strcmp(argv[2], "gcm") == 0;
    if (strcmp(argv[1], "bench") == 0) {
        require(argc == 5, "bench cm|gcm evp|libsrtp packets");
        long packets = atol(argv[4]);
        strcmp(argv[3], "evp") == 0 ? bench_evp(gcm, packets) : bench_libsrtp(gcm, packets);
    } else {
        convert(gcm, strcmp(argv[1], "unprotect") == 0);
    }
    return 0;
}
