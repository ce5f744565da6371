/** Afterword: after-call work for contact centers. One package for each module, see ARCHITECTURE.md. */
@NullMarked
package org.afterword;

import org.jspecify.annotations.NullMarked;
