package org.afterword.platform;

/** Something that works by itself. Beans of this type are in the health details, and a part of being ready. */
public interface BackgroundWork {
    /** As it is called in the health details, such as {@code dueWork}. */
    String workName();

    /** Whether everything that was started is still at it. */
    boolean isWorking();
}
