package org.afterword.speech.internal.voice;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import org.afterword.speech.internal.audio.Frames;

/**
 * Voice activity by the model of the Silero team, in this process. Takes one core, of the thread that asks, so that its share of the
 * processors is the one that counts.
 */
public final class SileroDetector implements VoiceDetector {
    private static final String MODEL = "/speech/silero_vad.onnx";

    /** Samples of the frame before that the model wants to see again. */
    private static final int CONTEXT = 64;

    private static final int STATE = 128;

    @Override
    public Listening listen(int channels) {
        return new SileroListening(channels);
    }

    private static final class SileroListening implements Listening {
        private final int channels;
        private final float[] input;
        private float[] state;

        SileroListening(int channels) {
            this.channels = channels;
            this.input = new float[channels * (CONTEXT + Frames.LENGTH)];
            this.state = new float[2 * channels * STATE];
        }

        @Override
        public float[] next(float[][] frame) {
            int row = CONTEXT + Frames.LENGTH;
            for (int channel = 0; channel < channels; channel++) {
                int start = channel * row;
                System.arraycopy(input, start + Frames.LENGTH, input, start, CONTEXT);
                System.arraycopy(frame[channel], 0, input, start + CONTEXT, Frames.LENGTH);
            }
            OrtEnvironment runtime = OrtEnvironment.getEnvironment();
            try (var samples = OnnxTensor.createTensor(runtime, FloatBuffer.wrap(input), new long[] {channels, row});
                    var before =
                            OnnxTensor.createTensor(runtime, FloatBuffer.wrap(state), new long[] {2, channels, STATE});
                    var rate =
                            OnnxTensor.createTensor(runtime, LongBuffer.wrap(new long[] {Frames.RATE}), new long[] {});
                    var answer = Model.LOADED.run(Map.of("input", samples, "state", before, "sr", rate))) {
                state = floats(answer, "stateN", state.length);
                return floats(answer, "output", channels);
            } catch (OrtException e) {
                throw new IllegalStateException("the voice detector failed", e);
            }
        }

        private static float[] floats(OrtSession.Result answer, String name, int many) {
            var values = new float[many];
            ((OnnxTensor) answer.get(name).orElseThrow()).getFloatBuffer().get(values);
            return values;
        }
    }

    /** Is loaded by its first use, once in a process: some 10 MB. */
    private static final class Model {
        private static final OrtSession LOADED = load();

        private static OrtSession load() {
            try (var options = new OrtSession.SessionOptions();
                    InputStream model = SileroDetector.class.getResourceAsStream(MODEL)) {
                if (model == null) {
                    throw new IllegalStateException("the program comes without " + MODEL);
                }
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                return OrtEnvironment.getEnvironment().createSession(model.readAllBytes(), options);
            } catch (OrtException e) {
                throw new IllegalStateException("the voice detector cannot be loaded", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
