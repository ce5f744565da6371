package org.afterword.speech.internal.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A RIFF WAVE file with samples of 8 or 16 bits, linear or by the telephone's laws (ITU-T G.711). */
final class WavAudio implements Audio {
    private static final int LINEAR = 1;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;
    private static final int EXTENSIBLE = 0xfffe;

    /** A header has a handful of chunks before its samples; more is no header. */
    private static final int MOST_CHUNKS = 100;

    private static final int LONGEST_FORMAT = 1_024;
    private static final int FRAMES_AT_ONCE = 8_192;

    /** What a recorder writes that does not know how much will follow. */
    private static final long UNKNOWN = 0xffff_ffffL;

    private static final float[] OF_MU_LAW = new float[256];
    private static final float[] OF_A_LAW = new float[256];

    static {
        for (int code = 0; code < 256; code++) {
            OF_MU_LAW[code] = muLaw(code);
            OF_A_LAW[code] = aLaw(code);
        }
    }

    private final InputStream in;
    private final int encoding;
    private final int channels;
    private final int rate;
    private final int bytesPerSample;

    /** Bytes of samples that are still to come; null where the header does not say. */
    private @Nullable Long left;

    private final @Nullable Double seconds;

    static boolean isBegunBy(byte[] start) {
        return start.length >= START
                && name(start, 0).equals("RIFF")
                && name(start, 8).equals("WAVE");
    }

    WavAudio(InputStream in) throws IOException {
        this.in = in;
        in.skipNBytes(START);
        ByteBuffer format = null;
        long samples = -1;
        for (int chunk = 0; samples < 0; chunk++) {
            if (chunk == MOST_CHUNKS) {
                throw new AudioFault("the wav file has no samples within its first %d chunks".formatted(MOST_CHUNKS));
            }
            ByteBuffer head = header(8);
            String name = name(head.array(), 0);
            long length = head.getInt(4) & UNKNOWN;
            if (name.equals("data")) {
                samples = length;
            } else if (name.equals("fmt ")) {
                format = format(length);
            } else {
                pass(length + length % 2);
            }
        }
        if (format == null) {
            throw new AudioFault("the wav file does not say what its samples are");
        }
        int given = format.getShort(0) & 0xffff;
        // the wider header names the encoding at the start of what it calls a sub-format
        this.encoding = given == EXTENSIBLE && format.limit() >= 26 ? format.getShort(24) & 0xffff : given;
        this.channels = format.getShort(2) & 0xffff;
        this.rate = format.getInt(4);
        int bits = format.getShort(14) & 0xffff;
        Audio.check(channels, rate);
        if (!(encoding == LINEAR && (bits == 8 || bits == 16)
                || (encoding == A_LAW || encoding == MU_LAW) && bits == 8)) {
            throw new AudioFault(
                    "the wav file has samples of %d bits in encoding %d; linear ones of 8 and 16 bits, A-law and mu-law are read"
                            .formatted(bits, encoding));
        }
        this.bytesPerSample = bits / 8;
        this.left = samples == 0 || samples == UNKNOWN ? null : samples;
        this.seconds = left == null ? null : (double) left / (bytesPerSample * channels) / rate;
    }

    private ByteBuffer format(long length) throws IOException {
        if (length < 16 || length > LONGEST_FORMAT) {
            throw new AudioFault("the wav file's header is damaged: its format takes %d bytes".formatted(length));
        }
        ByteBuffer format = header((int) (length + length % 2));
        return format.limit((int) length);
    }

    private ByteBuffer header(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw AudioFault.cutOff("the wav file ends within its header");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void pass(long length) throws IOException {
        try {
            in.skipNBytes(length);
        } catch (EOFException _) {
            throw AudioFault.cutOff("the wav file ends within its header");
        }
    }

    private static String name(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int rate() {
        return rate;
    }

    @Override
    public @Nullable Double seconds() {
        return seconds;
    }

    @Override
    public float @Nullable [][] read() throws IOException {
        int frame = bytesPerSample * channels;
        long wanted = (long) FRAMES_AT_ONCE * frame;
        byte[] bytes = in.readNBytes((int) (left == null ? wanted : Math.min(wanted, left)));
        int frames = bytes.length / frame;
        if (left != null) {
            if (bytes.length == 0 && left >= frame) {
                throw AudioFault.cutOff("the wav file ends %.1f s before the length that its header says"
                        .formatted((double) left / frame / rate));
            }
            left -= bytes.length;
        }
        return frames == 0 ? null : samples(bytes, frames);
    }

    private float[][] samples(byte[] bytes, int frames) {
        var samples = new float[channels][frames];
        int at = 0;
        for (int i = 0; i < frames; i++) {
            for (int channel = 0; channel < channels; channel++) {
                samples[channel][i] = sample(bytes, at);
                at += bytesPerSample;
            }
        }
        return samples;
    }

    private float sample(byte[] bytes, int at) {
        int low = bytes[at] & 0xff;
        return switch (encoding) {
            case MU_LAW -> OF_MU_LAW[low];
            case A_LAW -> OF_A_LAW[low];
            // 8 bits are without a sign, 16 have one
            default -> bytesPerSample == 1 ? (low - 128) / 128f : (short) (bytes[at + 1] << 8 | low) / 32_768f;
        };
    }

    private static float muLaw(int code) {
        int inverted = ~code & 0xff;
        int magnitude = ((inverted & 0x0f) << 3 | 0x84) << ((inverted & 0x70) >> 4);
        int value = magnitude - 0x84;
        return ((inverted & 0x80) == 0 ? value : -value) / 32_768f;
    }

    private static float aLaw(int code) {
        int toggled = code ^ 0x55;
        int segment = (toggled & 0x70) >> 4;
        int step = (toggled & 0x0f) << 4;
        int value = segment == 0 ? step + 8 : step + 0x108 << segment - 1;
        return ((toggled & 0x80) == 0 ? -value : value) / 32_768f;
    }

    @Override
    public void skip(long samples) throws IOException {
        long bytes = samples * bytesPerSample * channels;
        long passed = left == null ? bytes : Math.min(bytes, left);
        try {
            in.skipNBytes(passed);
        } catch (EOFException _) {
            // the next read finds that nothing is left
            return;
        }
        if (left != null) {
            left -= passed;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
