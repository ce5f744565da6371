package org.afterword.speech.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.afterword.conversation.Speaker;
import org.afterword.platform.Json;
import org.afterword.speech.Transcriber;
import org.afterword.speech.internal.audio.Audio;
import org.afterword.speech.internal.audio.Frames;
import tools.jackson.databind.JsonNode;

/**
 * Real calls over the telephone with what a machine recognized in them (HarperValleyBank, Wu, Nafziger, Scodary and Maas 2020,
 * arXiv:2010.13929, CC BY 4.0).
 */
final class HarperValley {
    /** A word that was recognized, and when it was said. */
    record Word(Speaker speaker, double start, double end, String text) {
        double middle() {
            return (start + end) / 2;
        }
    }

    /** @param wav with the agent on the first channel, the customer on the second */
    record Call(String id, byte[] wav, List<Word> words) {}

    private HarperValley() {}

    /** The folder of the data, if this machine has it. */
    static Optional<Path> folder() {
        String set = System.getProperty("afterword.data");
        Path data = set != null
                ? Path.of(set)
                : Path.of("..", "..", "shared", "data").toAbsolutePath().normalize();
        return Optional.of(data.resolve("harper-valley")).filter(Files::isDirectory);
    }

    static List<Call> calls(Path folder) {
        try (Stream<Path> transcripts = Files.list(folder.resolve("transcript"))) {
            return transcripts
                    .sorted()
                    .map(transcript -> call(folder, transcript))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Call call(Path folder, Path transcript) {
        String id = String.valueOf(transcript.getFileName()).replace(".json", "");
        try {
            float[] agent = samples(folder.resolve("audio/agent/" + id + ".wav"));
            float[] caller = samples(folder.resolve("audio/caller/" + id + ".wav"));
            int length = Math.max(agent.length, caller.length);
            byte[] wav = Wavs.of(8_000, Arrays.copyOf(agent, length), Arrays.copyOf(caller, length));
            return new Call(id, wav, words(Json.read(Files.readString(transcript))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] samples(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        try (Audio audio = Audio.open(new ByteArrayInputStream(bytes.array()))) {
            var all = new float[0];
            for (float[][] piece = audio.read(); piece != null; piece = audio.read()) {
                all = Wavs.join(all, piece[0]);
            }
            return all;
        }
    }

    /** Without what is no word, such as {@code [noise]} and {@code <unk>}. */
    private static List<Word> words(JsonNode segments) {
        var words = new ArrayList<Word>();
        for (JsonNode segment : segments) {
            Speaker speaker =
                    segment.path("speaker_role").asString().equals("agent") ? Speaker.AGENT : Speaker.CUSTOMER;
            String[] texts = segment.path("transcript").asString().split(" ");
            for (int i = 0; i < texts.length; i++) {
                if (texts[i].matches("[a-z'.-]+")) {
                    double start = (segment.path("start_ms").asDouble()
                                    + segment.path("word_offsets_ms").path(i).asDouble())
                            / 1_000;
                    double end =
                            start + segment.path("word_durations_ms").path(i).asDouble() / 1_000;
                    words.add(new Word(speaker, start, end, texts[i]));
                }
            }
        }
        return words;
    }

    /** Stands in for a recognizer: finds where an utterance is in the call, and answers what the machine recognized there. */
    static Transcriber machine(Call call) throws IOException {
        short[][] sound = at16kHz(call.wav());
        return new Transcriber() {
            @Override
            public String name() {
                return "the machine transcript";
            }

            @Override
            public Answer transcribe(Utterance utterance) {
                for (int channel = 0; channel < sound.length; channel++) {
                    int at = find(sound[channel], utterance.samples());
                    if (at >= 0) {
                        return new Answer.Heard(text(call, channel, at, at + utterance.samples().length), "en", false);
                    }
                }
                throw new AssertionError("the utterance is not of this call");
            }
        };
    }

    private static String text(Call call, int channel, int from, int to) {
        Speaker speaker = channel == 0 ? Speaker.AGENT : Speaker.CUSTOMER;
        var text = new StringBuilder();
        for (Word word : call.words()) {
            double at = word.middle() * Transcriber.RATE;
            if (word.speaker() == speaker && at >= from && at < to) {
                text.append(' ').append(word.text());
            }
        }
        return text.toString().strip();
    }

    private static short[][] at16kHz(byte[] wav) throws IOException {
        try (Audio audio = Audio.open(new ByteArrayInputStream(wav))) {
            var frames = new Frames(audio, 0);
            var sound = new ArrayList<float[][]>();
            for (float[][] frame = frames.next(); frame != null; frame = frames.next()) {
                sound.add(frame);
            }
            var samples = new short[2][sound.size() * Frames.LENGTH];
            for (int i = 0; i < sound.size(); i++) {
                for (int channel = 0; channel < 2; channel++) {
                    for (int j = 0; j < Frames.LENGTH; j++) {
                        samples[channel][i * Frames.LENGTH + j] = (short) Math.clamp(
                                Math.round(sound.get(i)[channel][j] * 32_768), Short.MIN_VALUE, Short.MAX_VALUE);
                    }
                }
            }
            return samples;
        }
    }

    /** Utterances begin with a frame. */
    private static int find(short[] sound, short[] part) {
        for (int at = 0; at + part.length <= sound.length; at += Frames.LENGTH) {
            if (Arrays.equals(sound, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }
}
