package org.afterword.demo.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Uncompressed 16-bit sound as a RIFF wave file holds it; {@code samples} of the channels take turns. */
record Wave(int channels, int samplesPerSecond, short[] samples) {
    private static final int HEADER = 44;
    private static final short PCM = 1;

    static Wave read(Path file) throws IOException {
        return parse(Files.readAllBytes(file));
    }

    static Wave parse(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (!tag(in).equals("RIFF") || in.getInt() != bytes.length - 8 || !tag(in).equals("WAVE")) {
            throw new IllegalArgumentException("not a whole wave file");
        }
        int channels = 0;
        int rate = 0;
        while (true) {
            String chunk = tag(in);
            int length = in.getInt();
            switch (chunk) {
                case "fmt " -> {
                    short format = in.getShort();
                    channels = in.getShort();
                    rate = in.getInt();
                    in.getInt();
                    in.getShort();
                    short bits = in.getShort();
                    if (format != PCM || bits != 16) {
                        throw new IllegalArgumentException(
                                "format %d with %d bits is not 16-bit PCM".formatted(format, bits));
                    }
                    in.position(in.position() + length - 16);
                }
                case "data" -> {
                    var samples = new short[length / 2];
                    in.asShortBuffer().get(samples);
                    return new Wave(channels, rate, samples);
                }
                default -> in.position(in.position() + length);
            }
        }
    }

    /** Two sides of one call as one file: {@code first} is channel 0. The shorter side ends in silence. */
    static Wave join(Wave first, Wave second) {
        if (first.channels != 1 || second.channels != 1 || first.samplesPerSecond != second.samplesPerSecond) {
            throw new IllegalArgumentException("two sides must have one channel each, at the same rate");
        }
        var joined = new short[2 * Math.max(first.samples.length, second.samples.length)];
        for (int i = 0; i < first.samples.length; i++) {
            joined[2 * i] = first.samples[i];
        }
        for (int i = 0; i < second.samples.length; i++) {
            joined[2 * i + 1] = second.samples[i];
        }
        return new Wave(2, first.samplesPerSecond, joined);
    }

    double seconds() {
        return samples.length / (double) (channels * samplesPerSecond);
    }

    void write(Path file) throws IOException {
        int length = samples.length * 2;
        ByteBuffer out = ByteBuffer.allocate(HEADER + length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(HEADER - 8 + length).put(ascii("WAVE"));
        out.put(ascii("fmt "))
                .putInt(16)
                .putShort(PCM)
                .putShort((short) channels)
                .putInt(samplesPerSecond);
        out.putInt(samplesPerSecond * channels * 2)
                .putShort((short) (channels * 2))
                .putShort((short) 16);
        out.put(ascii("data")).putInt(length);
        out.asShortBuffer().put(samples);
        Files.write(file, out.array());
    }

    private static String tag(ByteBuffer in) {
        var tag = new byte[4];
        in.get(tag);
        return new String(tag, StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
