package org.afterword.speech.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes wav files as recorders do. */
public final class Wavs {
    private Wavs() {}

    /** Linear, 16 bits. */
    public static byte[] of(int rate, float[]... channels) {
        ByteBuffer samples =
                ByteBuffer.allocate(2 * channels.length * channels[0].length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < channels[0].length; i++) {
            for (float[] channel : channels) {
                samples.putShort((short) Math.round(channel[i] * 32_767));
            }
        }
        return file(1, channels.length, rate, 16, samples.array(), samples.capacity());
    }

    /** @param told how many bytes of samples the header says there are */
    public static byte[] file(int encoding, int channels, int rate, int bits, byte[] samples, int told) {
        ByteBuffer file = ByteBuffer.allocate(44 + samples.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(text("RIFF")).putInt(36 + told).put(text("WAVEfmt ")).putInt(16);
        file.putShort((short) encoding).putShort((short) channels).putInt(rate);
        file.putInt(rate * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        file.put(text("data")).putInt(told).put(samples);
        return file.array();
    }

    public static float[] tone(int rate, double hertz, double seconds) {
        var samples = new float[(int) (rate * seconds)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return samples;
    }

    public static float[] silence(int rate, double seconds) {
        return new float[(int) (rate * seconds)];
    }

    public static float[] join(float[]... parts) {
        int length = 0;
        for (float[] part : parts) {
            length += part.length;
        }
        var joined = new float[length];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
