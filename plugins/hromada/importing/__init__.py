"""What other systems export, brought into the content: values in, values out."""
