package org.afterword.governance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what may be kept and not be read: AES-256-GCM (NIST SP 800-38D) under one key of this installation, with a new nonce for
 * each value. A value opens only at the place that it was sealed for, so that nobody moves it to another row. Decision 0032.
 */
public final class Sealer {
    /** How many bytes a key has. */
    public static final int KEY_BYTES = 32;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int BYTES_OF_A_NAME = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * A value that was sealed.
     *
     * @param key  which key opens it, by a part of its hash
     * @param text the nonce, and what the cipher made of the value
     */
    public record Sealed(String key, byte[] text) {}

    private record Key(String name, SecretKeySpec spec) {}

    private final Supplier<byte[]> source;
    private @Nullable Key key;

    /** @param source gives the key when the first value needs it; what it throws is whoever seals or opens told */
    public Sealer(Supplier<byte[]> source) {
        this.source = source;
    }

    /**
     * @param place what the value belongs to, such as the ids of its row
     */
    public Sealed seal(String value, String place) {
        Key own = key();
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] made = run(Cipher.ENCRYPT_MODE, own, nonce, place, value.getBytes(UTF_8));
        byte[] text = Arrays.copyOf(nonce, NONCE_BYTES + made.length);
        System.arraycopy(made, 0, text, NONCE_BYTES, made.length);
        return new Sealed(own.name, text);
    }

    /**
     * The value that was sealed for this place.
     *
     * @throws ProblemException if it was sealed with another key
     * @throws IllegalStateException if it was sealed for another place or changed since
     */
    public String open(Sealed sealed, String place) {
        Key own = key();
        if (!own.name.equals(sealed.key)) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "It was sealed with key %s, and this is %s. Set sealing.key, or put back the file sealing.key of the data folder."
                            .formatted(sealed.key, own.name));
        }
        byte[] nonce = Arrays.copyOf(sealed.text, NONCE_BYTES);
        byte[] made = Arrays.copyOfRange(sealed.text, NONCE_BYTES, sealed.text.length);
        return new String(run(Cipher.DECRYPT_MODE, own, nonce, place, made), UTF_8);
    }

    private static byte[] run(int mode, Key key, byte[] nonce, String place, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key.spec, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A sealed value of %s is not what it was".formatted(place), e);
        }
    }

    private synchronized Key key() {
        Key known = key;
        if (known == null) {
            byte[] bytes = source.get();
            byte[] hash = Sha256.begin().digest(bytes);
            known = new Key(HexFormat.of().formatHex(hash, 0, BYTES_OF_A_NAME), new SecretKeySpec(bytes, "AES"));
            key = known;
        }
        return known;
    }
}
