package org.afterword.speech.internal.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.BitstreamException;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.DecoderException;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.SampleBuffer;
import org.jspecify.annotations.Nullable;

/** An MPEG audio file: versions 1, 2 and 2.5, of which the last two are what telephones are recorded in. */
final class Mp3Audio implements Audio {
    /** Decoding a frame takes bits of those before it. */
    private static final int WARMING_FRAMES = 10;

    /** Of ID3, version 2. */
    private static final int TAG_HEADER = 10;

    private final Bitstream stream;
    private final int channels;
    private final int rate;
    private Decoder decoder = new Decoder();

    /** Read and not decoded yet; null at the end. */
    private @Nullable Header next;

    /** Samples of what is decoded next that are left out. */
    private int leftOut;

    static boolean isBegunBy(byte[] start) {
        return start.length >= 4
                && (start[0] == 'I' && start[1] == 'D' && start[2] == '3'
                        || (start[0] & 0xff) == 0xff && (start[1] & 0xe0) == 0xe0 && (start[1] & 0x06) != 0);
    }

    /** @param in can be marked */
    Mp3Audio(InputStream in) throws IOException {
        passTags(in);
        this.stream = new Bitstream(in);
        Header first = readFrame();
        if (first == null) {
            throw new AudioFault("the mp3 file has no sound in it");
        }
        this.next = first;
        this.channels = channels(first);
        this.rate = first.frequency();
        Audio.check(channels, rate);
    }

    /** The decoder would read a tag at once, and believe it how long it is. */
    private static void passTags(InputStream in) throws IOException {
        while (true) {
            in.mark(TAG_HEADER);
            byte[] header = in.readNBytes(TAG_HEADER);
            if (header.length < TAG_HEADER || header[0] != 'I' || header[1] != 'D' || header[2] != '3') {
                in.reset();
                return;
            }
            int length = 0;
            for (int i = 6; i < TAG_HEADER; i++) {
                length = length << 7 | header[i] & 0x7f;
            }
            boolean hasFooter = (header[5] & 0x10) != 0;
            try {
                in.skipNBytes(length + (hasFooter ? TAG_HEADER : 0));
            } catch (EOFException _) {
                throw AudioFault.cutOff("the mp3 file ends within its header");
            }
        }
    }

    private static int channels(Header frame) {
        return frame.mode() == Header.SINGLE_CHANNEL ? 1 : 2;
    }

    /** What is damaged makes the decoder fail in many ways, of which an index out of its bounds is the commonest. */
    private @Nullable Header readFrame() throws AudioFault {
        try {
            return stream.readFrame();
        } catch (BitstreamException | RuntimeException e) {
            throw new AudioFault("the mp3 file is damaged", e);
        }
    }

    private void advance() throws AudioFault {
        stream.closeFrame();
        next = readFrame();
        if (next != null && (channels(next) != channels || next.frequency() != rate)) {
            throw new AudioFault("the mp3 file changes its rate or its channels on the way");
        }
    }

    private static int samples(Header frame) {
        return switch (frame.layer()) {
            case 1 -> 384;
            case 3 -> frame.version() == Header.MPEG1 ? 1152 : 576;
            default -> 1152;
        };
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
        return null;
    }

    @Override
    public float @Nullable [][] read() throws IOException {
        while (next != null) {
            float[][] samples = decode(next);
            advance();
            if (leftOut < samples[0].length) {
                int from = leftOut;
                leftOut = 0;
                return from == 0
                        ? samples
                        : Arrays.stream(samples)
                                .map(channel -> Arrays.copyOfRange(channel, from, channel.length))
                                .toArray(float[][]::new);
            }
            leftOut -= samples[0].length;
        }
        return null;
    }

    private float[][] decode(Header frame) throws AudioFault {
        try {
            var decoded = (SampleBuffer) decoder.decodeFrame(frame, stream);
            short[] buffer = decoded.getBuffer();
            // nothing comes of a frame that takes bits which are not there; its time passes all the same
            var samples = new float[channels][samples(frame)];
            int frames = Math.min(samples[0].length, decoded.getBufferLength() / channels);
            for (int i = 0; i < frames; i++) {
                for (int channel = 0; channel < channels; channel++) {
                    samples[channel][i] = buffer[i * channels + channel] / 32_768f;
                }
            }
            return samples;
        } catch (DecoderException | RuntimeException e) {
            throw new AudioFault("the mp3 file is damaged", e);
        }
    }

    @Override
    public void skip(long samples) throws IOException {
        long left = samples;
        while (next != null && left >= (long) (WARMING_FRAMES + 1) * samples(next)) {
            left -= samples(next);
            advance();
        }
        decoder = new Decoder();
        leftOut = (int) left;
    }

    @Override
    public void close() throws IOException {
        try {
            stream.close();
        } catch (BitstreamException e) {
            throw new IOException(e);
        }
    }
}
