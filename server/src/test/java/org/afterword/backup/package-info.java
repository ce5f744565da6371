@org.jspecify.annotations.NullMarked
package org.afterword.backup;
