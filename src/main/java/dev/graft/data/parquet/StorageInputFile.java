package dev.graft.data.parquet;

import dev.graft.data.io.Storage;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A Parquet input file in {@link Storage}. */
final class StorageInputFile implements InputFile, AutoCloseable {
  private final String location;
  private final SeekableByteChannel channel;

  StorageInputFile(String location) throws IOException {
    this.location = location;
    this.channel = Storage.openSeekable(location);
  }

  @Override
  public long getLength() throws IOException {
    return channel.size();
  }

  /** The one stream of this file: all streams share its position. */
  @Override
  public SeekableInputStream newStream() {
    return new DelegatingSeekableInputStream(Channels.newInputStream(channel)) {
      @Override
      public long getPos() throws IOException {
        return channel.position();
      }

      @Override
      public void seek(long position) throws IOException {
        channel.position(position);
      }
    };
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return location;
  }
}
