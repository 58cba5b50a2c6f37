package dev.graft.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Small records by Java serialization. Unlike Beam's {@code SerializableCoder} it finds classes
 * where the record's class came from: on a cluster that has Beam in its own class path, Beam's
 * class loader does not know the classes of a job.
 *
 * @param <T> a serializable type
 */
public final class RecordCoder<T extends Serializable> extends CustomCoder<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;

  private RecordCoder(Class<T> type) {
    this.type = type;
  }

  public static <T extends Serializable> RecordCoder<T> of(Class<T> type) {
    return new RecordCoder<>(type);
  }

  @Override
  public void encode(T value, OutputStream out) throws IOException {
    ObjectOutputStream objects = new ObjectOutputStream(out);
    objects.writeObject(value);
    objects.flush();
  }

  @Override
  public T decode(InputStream in) throws IOException {
    try {
      return type.cast(new OwnClasses(in, type.getClassLoader()).readObject());
    } catch (ClassNotFoundException e) {
      throw new CoderException("unable to read a " + type.getName(), e);
    }
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    throw new NonDeterministicException(this, "Java serialization promises no equal bytes");
  }

  @Override
  public boolean consistentWithEquals() {
    return false;
  }

  @Override
  public TypeDescriptor<T> getEncodedTypeDescriptor() {
    return TypeDescriptor.of(type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordCoder<?> coder && coder.type.equals(type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  private static final class OwnClasses extends ObjectInputStream {
    private final ClassLoader loader;

    OwnClasses(InputStream in, ClassLoader loader) throws IOException {
      super(in);
      this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(description.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(description);
      }
    }
  }
}
