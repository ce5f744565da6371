package org.afterword.speech.internal.audio;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The sound of a file, in order and in pieces, so that a long one fills no memory. Not for several threads. */
public sealed interface Audio extends AutoCloseable permits WavAudio, Mp3Audio {
    int MOST_CHANNELS = 2;
    int LOWEST_RATE = 4_000;
    int HIGHEST_RATE = 96_000;

    /** Enough of a file's start to tell what it is. */
    int START = 12;

    /** One or two. */
    int channels();

    /** Samples a second, in each channel. */
    int rate();

    /** How long it is as the file itself says; null where it does not. */
    @Nullable
    Double seconds();

    /**
     * The next samples of each channel, −1 to 1, as many in one as in the other; null at the end.
     *
     * @throws AudioFault if the file is damaged from here on
     */
    float @Nullable [][] read() throws IOException;

    /** Leaves out so many samples of each channel, or what there is. To be called before the first {@link #read}. */
    void skip(long samples) throws IOException;

    @Override
    void close() throws IOException;

    /**
     * Opens a file by what is in it, whatever it is called.
     *
     * @param file is closed with the audio, and if it cannot be opened
     * @throws AudioFault if it is neither wav nor mp3, or is one that is not read
     */
    static Audio open(InputStream file) throws IOException {
        InputStream buffered = new BufferedInputStream(file, 1 << 16);
        try {
            buffered.mark(START);
            byte[] start = buffered.readNBytes(START);
            buffered.reset();
            if (WavAudio.isBegunBy(start)) {
                return new WavAudio(buffered);
            }
            if (Mp3Audio.isBegunBy(start)) {
                return new Mp3Audio(buffered);
            }
            throw start.length == 0
                    ? AudioFault.cutOff("the file is empty")
                    : new AudioFault("the file is neither wav nor mp3");
        } catch (IOException | RuntimeException e) {
            buffered.close();
            throw e;
        }
    }

    /** @throws AudioFault unless recordings of calls can be like that */
    static void check(int channels, int rate) throws AudioFault {
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new AudioFault("the file has %d channels; one and two are read".formatted(channels));
        }
        if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
            throw new AudioFault(
                    "the file has %d samples a second; %d to %d are read".formatted(rate, LOWEST_RATE, HIGHEST_RATE));
        }
    }
}
