package dev.graft.data.parquet;

import dev.graft.data.io.Storage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A Parquet output file in {@link Storage}. */
final class StorageOutputFile implements OutputFile {
  private final String location;
  private OutputStream stream;

  StorageOutputFile(String location) {
    this.location = location;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    stream = new BufferedOutputStream(Storage.create(location), 1 << 16);
    return new CountingStream(stream);
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public String getPath() {
    return location;
  }

  /** Lets go of the file, whatever state its content is in. */
  void release() {
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException e) {
      // The content is about to be deleted; that it could not be flushed does not matter.
    }
  }

  private static final class CountingStream extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    CountingStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
