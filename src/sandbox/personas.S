// The bytes of assets/personas.toml, so that a twin has its people wherever it runs.
        .section .rodata
        .global ringdown_personas
        .global ringdown_personas_end
ringdown_personas:
        .incbin "personas.toml"
ringdown_personas_end:
        .byte 0
        .section .note.GNU-stack,"",@progbits
