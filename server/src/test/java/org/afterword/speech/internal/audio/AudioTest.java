package org.afterword.speech.internal.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.afterword.speech.internal.Wavs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioTest {
    @Test
    void linearSamplesOf16BitsComeAsTheyAre() throws Exception {
        float[] left = Wavs.tone(8_000, 440, 2);
        float[] right = Wavs.tone(8_000, 1_000, 2);

        try (Audio audio = open(Wavs.of(8_000, left, right))) {
            assertThat(audio.rate()).isEqualTo(8_000);
            assertThat(audio.seconds()).isEqualTo(2);
            float[][] samples = all(audio);
            assertThat(samples).hasDimensions(2, 16_000);
            assertThat(samples[0]).containsExactly(left, within(1e-4f));
            assertThat(samples[1]).containsExactly(right, within(1e-4f));
        }
    }

    @Test
    void linearSamplesOf8BitsHaveNoSign() throws Exception {
        byte[] file = Wavs.file(1, 1, 8_000, 8, new byte[] {0, (byte) 128, (byte) 255}, 3);

        assertThat(all(open(file))[0]).containsExactly(new float[] {-1, 0, 127 / 128f});
    }

    /** The Java platform's own conversion is the second computation. */
    @ParameterizedTest
    @CsvSource({"7, ULAW", "6, ALAW"})
    void theTelephonesLawsAreUndone(int encoding, String law) throws Exception {
        byte[] codes = new byte[256];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) i;
        }
        var format = new AudioFormat(new AudioFormat.Encoding(law), 8_000, 8, 1, 1, 8_000, false);
        byte[] linear = AudioSystem.getAudioInputStream(
                        new AudioFormat(8_000, 16, 1, true, false),
                        new AudioInputStream(new ByteArrayInputStream(codes), format, codes.length))
                .readAllBytes();
        ByteBuffer expected = ByteBuffer.wrap(linear).order(ByteOrder.LITTLE_ENDIAN);

        float[] samples = all(open(Wavs.file(encoding, 1, 8_000, 8, codes, codes.length)))[0];

        for (int i = 0; i < codes.length; i++) {
            assertThat(samples[i] * 32_768).as("code %d", i).isEqualTo((float) expected.getShort(2 * i));
        }
    }

    @Test
    void theWiderHeaderIsReadAndForeignChunksArePassed() throws Exception {
        ByteBuffer file = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        file.put(text("RIFF")).putInt(92).put(text("WAVELIST")).putInt(3).put(new byte[4]);
        file.put(text("fmt ")).putInt(40);
        file.putShort((short) 0xfffe).putShort((short) 1).putInt(16_000).putInt(32_000);
        file.putShort((short) 2)
                .putShort((short) 16)
                .putShort((short) 22)
                .putShort((short) 16)
                .putInt(4);
        file.putShort((short) 1).put(new byte[14]);
        file.put(text("data")).putInt(4).putShort((short) 16_384).putShort((short) -16_384);

        try (Audio audio = open(Arrays.copyOf(file.array(), file.position()))) {
            assertThat(audio.rate()).isEqualTo(16_000);
            assertThat(all(audio)[0]).containsExactly(new float[] {0.5f, -0.5f});
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "-1"})
    void aRecorderThatDidNotKnowTheLengthIsReadToTheEnd(int told) throws Exception {
        try (Audio audio = open(Wavs.file(1, 1, 8_000, 16, new byte[2_000], told))) {
            assertThat(audio.seconds()).isNull();
            assertThat(all(audio)[0]).hasSize(1_000);
        }
    }

    @Test
    void whatIsThereOfAFileThatIsCutOffIsReadAndTheRestIsMissed() throws Exception {
        try (Audio audio = open(Wavs.file(1, 1, 8_000, 16, new byte[16_000], 32_000))) {
            assertThat(Objects.requireNonNull(audio.read())[0]).hasSize(8_000);
            assertThatThrownBy(audio::read)
                    .isInstanceOfSatisfying(
                            AudioFault.class,
                            fault -> assertThat(fault.mayGrow()).isTrue())
                    .hasMessage("the wav file ends 1.0 s before the length that its header says");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3, 8000, 16, 'the file has 3 channels; one and two are read'",
        "1, 1, 400, 16, 'the file has 400 samples a second; 4000 to 96000 are read'",
        "1, 1, 8000, 24, 'the wav file has samples of 24 bits in encoding 1; linear ones of 8 and 16 bits, A-law and mu-law are read'",
        "3, 1, 8000, 32, 'the wav file has samples of 32 bits in encoding 3; linear ones of 8 and 16 bits, A-law and mu-law are read'",
        "17, 1, 8000, 4, 'the wav file has samples of 4 bits in encoding 17; linear ones of 8 and 16 bits, A-law and mu-law are read'"
    })
    void whatIsNotReadIsNamed(int encoding, int channels, int rate, int bits, String message) {
        assertThatThrownBy(() -> open(Wavs.file(encoding, channels, rate, bits, new byte[24], 24)))
                .isInstanceOf(AudioFault.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "'', the file is empty",
        "OggS0000000000000000, the file is neither wav nor mp3",
        "RIFF0000WAVE, the wav file ends within its header"
    })
    void whatIsNoRecordingIsNamed(String content, String message) {
        assertThatThrownBy(() -> open(text(content)))
                .isInstanceOf(AudioFault.class)
                .hasMessage(message);
    }

    /** By how often the tone that was recorded crosses zero. */
    @ParameterizedTest
    @CsvSource({"mono-8k.mp3, 1, 8000", "mono-16k.mp3, 1, 16000", "stereo-44k.mp3, 2, 44100"})
    void mp3FilesOfAllThreeVersionsAreRead(String name, int channels, int rate) throws Exception {
        try (Audio audio = open(resource(name))) {
            assertThat(audio.channels()).isEqualTo(channels);
            assertThat(audio.rate()).isEqualTo(rate);
            float[][] samples = all(audio);
            assertThat((double) samples[0].length / rate).isBetween(1.5, 1.8);
            assertThat(hertz(samples[0], rate)).isCloseTo(440, within(5.0));
            if (channels == 2) {
                assertThat(hertz(samples[1], rate)).isCloseTo(1_000, within(10.0));
            }
        }
    }

    @Test
    void tagsBeforeTheSoundArePassedWhateverTheySayOfThemselves() throws Exception {
        byte[] sound = resource("mono-8k.mp3");
        byte[] tag = {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 3, 1, 2, 3};
        byte[] endless = {'I', 'D', '3', 4, 0, 0, 0x7f, 0x7f, 0x7f, 0x7f};

        assertThat(all(open(joined(tag, joined(tag, sound))))[0]).containsExactly(all(open(sound))[0]);
        assertThatThrownBy(() -> open(joined(endless, sound)))
                .isInstanceOf(AudioFault.class)
                .hasMessage("the mp3 file ends within its header");
    }

    @ParameterizedTest
    @CsvSource({"mono-8k.mp3", "mono-16k.mp3", "stereo-44k.mp3"})
    void skippingGivesWhatReadingToThereWould(String name) throws Exception {
        float[] whole = all(open(resource(name)))[0];

        try (Audio audio = open(resource(name))) {
            int from = audio.rate() / 2;
            audio.skip(from);
            float[] rest = all(audio)[0];

            assertThat(rest).hasSize(whole.length - from);
            assertThat(rest).containsExactly(Arrays.copyOfRange(whole, from, whole.length), within(1e-3f));
        }
    }

    @Test
    void skippingInAWavFileIsExact() throws Exception {
        float[] tone = Wavs.tone(8_000, 440, 2);

        try (Audio audio = open(Wavs.of(8_000, tone))) {
            audio.skip(12_345);

            assertThat(all(audio)[0]).containsExactly(Arrays.copyOfRange(tone, 12_345, 16_000), within(1e-4f));
        }
    }

    /** It may be heard in part, or be refused with a reason; nothing else happens. */
    @Test
    void damagedFilesDoNoHarm() throws Exception {
        var random = new SplittableRandom(1);
        for (String name : new String[] {"mono-8k.mp3", "mono-16k.mp3", "stereo-44k.mp3"}) {
            byte[] good = resource(name);
            for (int i = 0; i < 200; i++) {
                byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
                for (int j = random.nextInt(20); j > 0; j--) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
                }
                try (Audio audio = open(bad)) {
                    all(audio);
                } catch (AudioFault refused) {
                    assertThat(refused).hasMessageStartingWith("the ");
                }
            }
        }
    }

    private static Audio open(byte[] file) throws IOException {
        return Audio.open(new ByteArrayInputStream(file));
    }

    static float[][] all(Audio audio) throws IOException {
        var all = new float[audio.channels()][0];
        for (float[][] piece = audio.read(); piece != null; piece = audio.read()) {
            for (int channel = 0; channel < all.length; channel++) {
                all[channel] = Wavs.join(all[channel], piece[channel]);
            }
        }
        return all;
    }

    /** Of its middle second. */
    static double hertz(float[] samples, int rate) {
        int crossings = 0;
        for (int i = rate / 4; i < rate / 4 + rate; i++) {
            crossings += samples[i] < 0 && samples[i + 1] >= 0 ? 1 : 0;
        }
        return crossings;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = AudioTest.class.getResourceAsStream("/org/afterword/speech/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
