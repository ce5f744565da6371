package org.afterword.speech.internal;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.afterword.speech.Transcriber;
import org.afterword.speech.internal.VoskTranscriber.Engine;
import org.afterword.speech.internal.VoskTranscriber.Loading;
import org.afterword.speech.internal.VoskTranscriber.VoskFault;
import org.jspecify.annotations.Nullable;

/**
 * Loads Vosk from a folder of jars, since it does not come along: it is larger than what most who run Afterword would ever use of it.
 * So its classes are asked for by name; these few are all that is needed.
 */
final class VoskLibrary implements Loading {
    private final Path jars;
    private final Path model;

    /** Stays open as long as the process, as the library that it loads does. */
    private @Nullable ClassLoader loader;

    VoskLibrary(Path jars, Path model) {
        this.jars = jars;
        this.model = model;
    }

    @Override
    public Engine load() {
        try {
            ClassLoader classes =
                    loader == null ? new URLClassLoader("vosk", urls(), VoskLibrary.class.getClassLoader()) : loader;
            Class<?> modelClass = classes.loadClass("org.vosk.Model");
            loader = classes;
            Object loaded = modelClass.getConstructor(String.class).newInstance(model.toString());
            return new Recognizers(classes.loadClass("org.vosk.Recognizer"), modelClass, loaded);
        } catch (ClassNotFoundException e) {
            throw new VoskFault("the folder %s (speech.vosk.library) holds no vosk-0.3.45.jar".formatted(jars), e);
        } catch (InvocationTargetException e) {
            throw new VoskFault(
                    "the folder %s (speech.vosk.model) holds no model that Vosk can load".formatted(model),
                    e.getCause());
        } catch (IOException | ReflectiveOperationException | LinkageError e) {
            throw new VoskFault("the library in %s (speech.vosk.library) cannot be used".formatted(jars), e);
        }
    }

    private URL[] urls() throws IOException {
        var urls = new ArrayList<URL>();
        try (Stream<Path> files = Files.list(jars)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                urls.add(url(file));
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }

    /** Makes a recognizer for each utterance; they are cheap beside the model. */
    private record Recognizers(Class<?> type, Class<?> modelType, Object model) implements Engine {
        @Override
        public List<String> recognize(short[] samples) {
            try (var recognizer = (AutoCloseable)
                    type.getConstructor(modelType, float.class).newInstance(model, (float) Transcriber.RATE)) {
                var accept = type.getMethod("acceptWaveForm", short[].class, int.class);
                // pieces of a fifth of a second, as a stream would come; each may end a sentence
                var answers = new ArrayList<String>();
                int piece = Transcriber.RATE / 5;
                for (int from = 0; from < samples.length; from += piece) {
                    short[] next = Arrays.copyOfRange(samples, from, Math.min(samples.length, from + piece));
                    if ((boolean) accept.invoke(recognizer, next, next.length)) {
                        answers.add((String) type.getMethod("getResult").invoke(recognizer));
                    }
                }
                answers.add((String) type.getMethod("getFinalResult").invoke(recognizer));
                return answers;
            } catch (Exception e) {
                throw new VoskFault("Vosk failed at an utterance", e);
            }
        }
    }
}
