@org.jspecify.annotations.NullMarked
package org.afterword.governance.internal;
