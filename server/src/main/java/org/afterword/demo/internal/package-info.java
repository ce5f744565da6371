/** How the demo reads its data and replays it. */
@NullMarked
package org.afterword.demo.internal;

import org.jspecify.annotations.NullMarked;
