package org.afterword.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a thread gets of the processors where there is not enough for all. A thread with less than usual also gives way as soon as one
 * with a usual share has something to do; that needs Linux 6.12.
 *
 * <p>Java's own priorities do nothing on Linux but with a flag that warns whoever is not root, so the system is asked itself, as anybody may
 * who wants less. On other systems, and other processors than those named below, all threads keep what they have.
 */
public enum ProcessorShare {
    /** A third of the usual: somebody waits for the result, but not as for an answer. */
    LESS(5),
    /** A tenth of the usual: what others leave over. */
    LEAST(10);

    private static final Logger log = LoggerFactory.getLogger(ProcessorShare.class);

    public static final int THIS_THREAD = 0;

    /** The longest that a thread may ask to compute at a time. Those that ask for less come in between. */
    private static final long SLICE_NANOS = 100_000_000;

    private final int nice;

    ProcessorShare(int nice) {
        this.nice = nice;
    }

    /** @param thread as the system numbers it, or {@link #THIS_THREAD} */
    public void giveTo(int thread) {
        MethodHandle call = SetAttributes.CALL;
        if (call == null) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            long failed = (long) call.invokeExact(thread, SetAttributes.of(arena, nice), 0);
            log.debug("Thread {} {} its share of the processors", thread, failed == 0 ? "lowered" : "keeps");
        } catch (Throwable e) {
            log.debug("Thread {} keeps its share of the processors", thread, e);
        }
    }

    /** {@code sched_setattr(2)}, which many C libraries lack a function for. */
    private static final class SetAttributes {
        private static final Map<String, Long> NUMBERS = Map.of("amd64", 314L, "aarch64", 274L);

        /** {@code struct sched_attr} as it was first: of policy {@code SCHED_OTHER}, whose {@code sched_runtime} is the slice. */
        private static final MemoryLayout ATTRIBUTES = MemoryLayout.structLayout(
                ValueLayout.JAVA_INT.withName("size"),
                ValueLayout.JAVA_INT.withName("policy"),
                ValueLayout.JAVA_LONG.withName("flags"),
                ValueLayout.JAVA_INT.withName("nice"),
                ValueLayout.JAVA_INT.withName("priority"),
                ValueLayout.JAVA_LONG.withName("runtime"),
                ValueLayout.JAVA_LONG.withName("deadline"),
                ValueLayout.JAVA_LONG.withName("period"));

        /** {@code long (int thread, struct sched_attr *attributes, int flags)}; null where there is none. */
        static final @Nullable MethodHandle CALL = find();

        private static @Nullable MethodHandle find() {
            Long number = NUMBERS.get(System.getProperty("os.arch"));
            if (number == null || !System.getProperty("os.name").equals("Linux")) {
                return null;
            }
            MethodHandle syscall = Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT),
                            Linker.Option.firstVariadicArg(1));
            return MethodHandles.insertArguments(syscall, 0, (long) number);
        }

        static MemorySegment of(Arena arena, int nice) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES);
            attributes.set(ValueLayout.JAVA_INT, offset("size"), (int) ATTRIBUTES.byteSize());
            attributes.set(ValueLayout.JAVA_INT, offset("nice"), nice);
            attributes.set(ValueLayout.JAVA_LONG, offset("runtime"), SLICE_NANOS);
            return attributes;
        }

        private static long offset(String member) {
            return ATTRIBUTES.byteOffset(MemoryLayout.PathElement.groupElement(member));
        }
    }
}
