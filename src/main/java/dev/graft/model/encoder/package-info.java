/** What a pretrained sentence encoder knows of words and texts: judges that rest on it. */
package dev.graft.model.encoder;
