// The bytes of assets/common_passwords.txt; the assembler takes a fraction of the time of a generated array.
        .section .rodata
        .global ringdown_common_passwords
        .global ringdown_common_passwords_end
ringdown_common_passwords:
        .incbin "common_passwords.txt"
ringdown_common_passwords_end:
        .byte 0
        .section .note.GNU-stack,"",@progbits
