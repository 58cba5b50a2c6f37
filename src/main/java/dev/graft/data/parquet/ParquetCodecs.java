package dev.graft.data.parquet;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * Zstandard and no compression without Hadoop, whose configuration would cost more than writing a
 * small file; other codecs, which only foreign files have, through Hadoop's when first met.
 */
final class ParquetCodecs implements CompressionCodecFactory {
  private static final int ZSTD_LEVEL = 3;
  private static final int HADOOP_BUFFER = 1 << 20;

  private CodecFactory hadoop;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED -> new Plain();
      case ZSTD -> new Zstandard();
      default -> hadoop().getCompressor(codec);
    };
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED -> new Plain();
      case ZSTD -> new Zstandard();
      default -> hadoop().getDecompressor(codec);
    };
  }

  @Override
  public void release() {
    if (hadoop != null) {
      hadoop.release();
    }
  }

  private CodecFactory hadoop() {
    if (hadoop == null) {
      hadoop = new CodecFactory(new PlainParquetConfiguration(), HADOOP_BUFFER);
    }
    return hadoop;
  }

  private static final class Plain implements BytesInputCompressor, BytesInputDecompressor {
    @Override
    public BytesInput compress(BytesInput bytes) {
      return bytes;
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.UNCOMPRESSED;
    }

    @Override
    public BytesInput decompress(BytesInput bytes, int decompressedSize) {
      return bytes;
    }

    @Override
    public void decompress(
        ByteBuffer input, int compressedSize, ByteBuffer output, int decompressedSize) {
      output.put(input);
    }

    @Override
    public void release() {}
  }

  private static final class Zstandard implements BytesInputCompressor, BytesInputDecompressor {
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      return BytesInput.from(Zstd.compress(bytes.toByteArray(), ZSTD_LEVEL));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public BytesInput decompress(BytesInput bytes, int decompressedSize) throws IOException {
      byte[] compressed = bytes.toByteArray();
      byte[] plain = new byte[decompressedSize];
      long size = Zstd.decompress(plain, compressed);
      if (Zstd.isError(size)) {
        throw new ParquetDecodingException("Zstandard: " + Zstd.getErrorName(size));
      }
      if (size != decompressedSize) {
        throw new ParquetDecodingException(
            "Zstandard: a page of " + size + " bytes where its header says " + decompressedSize);
      }
      return BytesInput.from(plain);
    }

    @Override
    public void decompress(
        ByteBuffer input, int compressedSize, ByteBuffer output, int decompressedSize)
        throws IOException {
      output.put(decompress(BytesInput.from(input), decompressedSize).toByteBuffer());
    }

    @Override
    public void release() {}
  }
}
